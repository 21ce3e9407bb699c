using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary>
/// Style-modulated convolution with demodulation. Source: Karras et al., "Analyzing and Improving the Image Quality of StyleGAN"
/// (2020), section 2.2, equations 1 to 3.
/// </summary>
public static class ModulatedConv2d
{
    /// <summary>Keeps the demodulation finite where all styles are zero (equation 3).</summary>
    public const double Epsilon = 1e-8;

    /// <summary>Convolves every sample with the weights scaled by its style.</summary>
    /// <param name="x">[N, Cin, H, W], floating point.</param>
    /// <param name="weight">[Cout, Cin, K, K], without equalised-learning-rate gain.</param>
    /// <param name="styles">Scale per sample and input channel, [N, Cin].</param>
    /// <param name="filter">Prepared resampling filter; null: none.</param>
    /// <param name="up">Upsampling factor.</param>
    /// <param name="down">Downsampling factor.</param>
    /// <param name="padding">Zeros around the (upsampled) image.</param>
    /// <param name="demodulate">Scale every output channel back to unit expected variance.</param>
    /// <param name="flipWeight">True: correlate. False: convolve.</param>
    /// <param name="form">How to compute it.</param>
    /// <param name="gain">Further factor of the result, free of cost with demodulation.</param>
    /// <returns>[N, Cout, H', W'], a tensor of its own.</returns>
    /// <exception cref="ShapeException">Channels or batch sizes do not fit each other.</exception>
    public static Tensor Apply(
        Tensor x, Tensor weight, Tensor styles, Tensor? filter = null, int up = 1, int down = 1, int padding = 0,
        bool demodulate = true, bool flipWeight = true, ModulationForm form = ModulationForm.Auto, double gain = 1)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Shape.Require(x, [null, weight.Size(1), null, null]);
        Shape.Require(styles, [x.Size(0), weight.Size(1)]);
        using var scope = new TensorScope();
        var call = new Convolution(filter, up, down, Padding.All(padding), flipWeight);
        return scope.Keep(UseWeights(form, x, weight)
            ? ByWeights(x, weight, styles, call, demodulate, gain)
            : ByActivations(x, weight, styles, call, demodulate, gain));
    }

    // For one sample the weights can be scaled without groups; that is cheaper where the image is larger than the weights. With
    // gradients it never is, and second derivatives through grouped convolutions are not available everywhere.
    internal static bool UseWeights(ModulationForm form, Tensor x, Tensor weight) => form switch
    {
        ModulationForm.Weights => true,
        ModulationForm.Activations => false,
        _ => x.Size(0) == 1 && !GradMode.IsEnabled && x.Count > weight.Count,
    };

    /// <summary>
    /// d = gain / sqrt(sum over (i, k) of (w s_i)² + eps), equation 3: the sum over the kernel does not depend on the sample.
    /// </summary>
    /// <param name="weight">[Cout, Cin, K, K].</param>
    /// <param name="styles">[N, Cin].</param>
    /// <param name="gain">Further factor.</param>
    /// <returns>[N, Cout].</returns>
    internal static Tensor Demodulation(Tensor weight, Tensor styles, double gain = 1)
    {
        using var scope = new TensorScope();
        Tensor power = weight.Square().Sum([2, 3]);                                     // [Cout, Cin]
        Tensor factor = (ProductFunction.Apply(styles.Square(), power) + Epsilon).RSqrt();
        return scope.Keep(gain == 1 ? factor : factor * gain);
    }

    private static Tensor ByActivations(
        Tensor x, Tensor weight, Tensor styles, Convolution convolution, bool demodulate, double gain)
    {
        Tensor? factor = demodulate ? Demodulation(weight, styles, gain).Unsqueeze(2).Unsqueeze(3) : null;
        x = ChannelScale.Apply(x, styles.To(x.DType));
        x = convolution.Run(x, weight, groups: 1);                                     // [N, Cout, H', W']
        if (factor is null)
        {
            return gain == 1 ? x : x * gain;
        }

        factor = factor.To(x.DType);
        return GradMode.IsEnabled ? x * factor : x.MulInPlace(factor);
    }

    private static Tensor ByWeights(Tensor x, Tensor weight, Tensor styles, Convolution convolution, bool demodulate, double gain)
    {
        long n = x.Size(0), cout = weight.Size(0), cin = weight.Size(1), kh = weight.Size(2), kw = weight.Size(3);

        // Modulate (equation 1) and demodulate (equation 3).
        Tensor w = weight.Unsqueeze(0) * styles.Reshape(n, 1, cin, 1, 1);              // [N, Cout, Cin, K, K]
        if (demodulate)
        {
            Tensor factor = (w.Square().Sum([2, 3, 4], keepDim: true) + Epsilon).RSqrt(); // [N, Cout, 1, 1, 1]
            w = w * (gain == 1 ? factor : factor * gain);
        }
        else if (gain != 1)
        {
            w = w * gain;
        }

        // One grouped convolution: the batch becomes groups.
        x = x.Reshape(1, n * cin, x.Size(2), x.Size(3));
        x = convolution.Run(x, w.Reshape(n * cout, cin, kh, kw).To(x.DType), groups: (int)n);
        return x.Reshape(n, cout, x.Size(2), x.Size(3));
    }

    private readonly record struct Convolution(Tensor? Filter, int Up, int Down, Padding Padding, bool FlipWeight)
    {
        internal Tensor Run(Tensor x, Tensor weight, int groups) =>
            ConvResample2d.Apply(x, weight.To(x.DType), Filter, Up, Down, Padding, groups, FlipWeight);
    }
}
