using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary>
/// Style-modulated convolution of the alias-free generators: weights and styles are brought to unit magnitude beforehand, and the
/// input has a gain of its own that demodulation does not undo. Source: Karras et al., "Alias-Free Generative Adversarial
/// Networks" (2021), sections 2 and 3.2, appendix D.1; modulation: <see cref="ModulatedConv2d"/>.
/// </summary>
public static class ModulatedConv2dAliasFree
{
    /// <summary>Correlates every sample with the weights scaled by its style.</summary>
    /// <param name="x">[N, Cin, H, W], floating point.</param>
    /// <param name="weight">[Cout, Cin, K, K].</param>
    /// <param name="styles">Scale per sample and input channel, [N, Cin].</param>
    /// <param name="inputGain">Factor of the input, [], [Cin] or [N, Cin]; null: 1.</param>
    /// <param name="padding">Zeros on all sides.</param>
    /// <param name="demodulate">
    /// Normalise weights (per output channel) and styles (over the whole batch), and scale every output channel to unit expected
    /// variance.
    /// </param>
    /// <param name="form">How to compute it.</param>
    /// <param name="precision">Of the convolution, forward and backward, on the CPU.</param>
    /// <returns>[N, Cout, H + 2·padding - K + 1, W + 2·padding - K + 1], a tensor of its own.</returns>
    /// <exception cref="ShapeException">Channels or batch sizes do not fit each other.</exception>
    public static Tensor Apply(
        Tensor x, Tensor weight, Tensor styles, Tensor? inputGain = null, int padding = 0, bool demodulate = true,
        ModulationForm form = ModulationForm.Auto, Precision precision = Precision.Float32)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Shape.Require(x, [null, weight.Size(1), null, null]);
        Shape.Require(styles, [x.Size(0), weight.Size(1)]);
        using var scope = new TensorScope();
        if (demodulate)
        {
            weight = UnitMagnitude(weight);
            styles = styles * styles.Square().Mean().RSqrt();
        }

        if (precision == Precision.Fast && form == ModulationForm.Auto && !GradMode.IsEnabled && FastOps.Take(x))
        {
            return scope.Keep(InBFloat16(x, weight, styles, inputGain, padding, demodulate));
        }

        return scope.Keep(ModulatedConv2d.UseWeights(form, x, weight)
            ? ByWeights(x, weight, styles, inputGain, padding, demodulate)
            : ByActivations(x, weight, styles, inputGain, padding, demodulate, precision));
    }

    /// <summary>Weights [Cout, Cin, K, K] with a mean square of one for every output channel.</summary>
    internal static Tensor UnitMagnitude(Tensor weight) => weight * weight.Square().Mean([1, 2, 3], keepDim: true).RSqrt();

    private static Tensor InBFloat16(Tensor x, Tensor weight, Tensor styles, Tensor? inputGain, int padding, bool demodulate)
    {
        Tensor y = ChannelScale.ToBFloat16(x, inputGain is null ? styles : styles * inputGain);
        y = PlainConvolution.Apply(y, weight.To(DType.BFloat16), 1, padding, padding).To(DType.Float32);
        return demodulate ? y.MulInPlace(ModulatedConv2d.Demodulation(weight, styles).Unsqueeze(2).Unsqueeze(3)) : y;
    }

    private static Tensor ByActivations(
        Tensor x, Tensor weight, Tensor styles, Tensor? inputGain, int padding, bool demodulate, Precision precision)
    {
        Tensor scale = inputGain is null ? styles : styles * inputGain;                              // [N, Cin]
        Tensor y = ChannelScale.Apply(x, scale.To(x.DType));
        y = PlainConvolution.Apply(y, weight.To(x.DType), 1, padding, padding, precision);                      // [N, Cout, H', W']
        if (!demodulate)
        {
            return y;
        }

        Tensor factor = ModulatedConv2d.Demodulation(weight, styles).To(x.DType);                    // [N, Cout]
        return GradMode.IsEnabled ? ChannelScale.Apply(y, factor) : y.MulInPlace(factor.Unsqueeze(2).Unsqueeze(3));
    }

    private static Tensor ByWeights(Tensor x, Tensor weight, Tensor styles, Tensor? inputGain, int padding, bool demodulate)
    {
        long n = x.Size(0), cout = weight.Size(0), cin = weight.Size(1);
        Tensor w = weight.Unsqueeze(0) * styles.Reshape(n, 1, cin, 1, 1);                            // [N, Cout, Cin, K, K]
        w = demodulate ? w * (w.Square().Sum([2, 3, 4], keepDim: true) + ModulatedConv2d.Epsilon).RSqrt() : w;
        w = inputGain is null ? w : w * inputGain.Expand(n, cin).Reshape(n, 1, cin, 1, 1);

        // One grouped convolution: the batch becomes groups.
        Tensor y = x.Reshape(1, n * cin, x.Size(2), x.Size(3));
        w = w.Reshape(n * cout, cin, weight.Size(2), weight.Size(3)).To(x.DType);
        y = Functional.Conv2d(y, w, padding: (padding, padding), groups: n);
        return y.Reshape(n, cout, y.Size(2), y.Size(3));
    }
}
