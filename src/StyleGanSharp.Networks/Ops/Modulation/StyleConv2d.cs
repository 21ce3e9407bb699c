using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary>
/// Modulated convolution, noise, bias and activation of a style block, by the fastest implementation that suits the call. Source:
/// Karras et al. (2020), figure 2 (c, d). Keeps the weights in the forms that the implementations read them in.
/// </summary>
/// <param name="weight">[Cout, Cin, K, K] float32; stays the caller's.</param>
/// <param name="bias">[Cout] float32; stays the caller's.</param>
/// <param name="filter">Low-pass filter of the upsampling; null without.</param>
/// <param name="up">Upsampling factor.</param>
/// <param name="activation">Activation with its default gain.</param>
/// <param name="clamp">Limit of the result's magnitude; null: none.</param>
internal sealed class StyleConv2d(Tensor weight, Tensor bias, Tensor? filter, int up, Activation activation, double? clamp)
    : IDisposable
{
    private readonly int padding = (int)weight.Size(2) / 2;
    private readonly SixteenBitWeights sixteenBit = new(up > 1, clamp);
    private PreparedStyleConv2d? prepared;
    private long preparedVersion = -1;
    private long usedVersion = -1;

    /// <summary>Precision of the convolution, forward and backward.</summary>
    internal Precision Precision
    {
        get;
        set => (field, preparedVersion) = (value, -1);
    }

    /// <summary>Applies the operator.</summary>
    /// <param name="x">[N, Cin, H, W], floating point; features of 16 bits stay such ones where nothing is recorded.</param>
    /// <param name="styles">[N, Cin] float32.</param>
    /// <param name="noise">[H·up, W·up] or [N, 1, H·up, W·up] float32; null: none.</param>
    /// <param name="form">How the modulated convolution is computed.</param>
    /// <param name="gain">Further factor of the result; the clamp grows with it.</param>
    /// <returns>[N, Cout, H·up, W·up], dtype of <paramref name="x"/>.</returns>
    internal Tensor Apply(Tensor x, Tensor styles, Tensor? noise, ModulationForm form, double gain)
    {
        double outputGain = activation.DefaultGain() * gain;
        double? limit = clamp * gain;
        bool isLeaky = activation == Activation.LeakyRelu, canChoose = isLeaky && form == ModulationForm.Auto;
        if (canChoose && SixteenBits.Accepts(x))
        {
            return InSixteenBits(x, styles, noise, outputGain, limit);
        }

        using var scope = new TensorScope();
        Tensor? added = noise?.To(x.DType);
        canChoose &= x.DType == DType.Float32;
        if (GradMode.IsEnabled || !isLeaky)
        {
            return scope.Keep(GradMode.IsEnabled && canChoose && FastOps.Enabled
                ? InOnePass(x, styles, added, outputGain, limit)
                : StepByStep(x, styles, added, form, outputGain, limit));
        }

        return scope.Keep((canChoose ? WithPrepared(x, styles, added, outputGain, limit) : null)
            ?? InPlace(x, styles, added, form, outputGain, limit));
    }

    /// <summary>Prepares the weights again at the next call: they have been loaded.</summary>
    internal void Forget()
    {
        (preparedVersion, usedVersion) = (-1, -1);
        sixteenBit.Forget();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        prepared?.Dispose();
        sixteenBit.Dispose();
    }

    private Tensor InSixteenBits(Tensor x, Tensor styles, Tensor? noise, double gain, double? limit)
    {
        var rest = new StyleEpilogueArguments(styles, noise, bias, Activations.DefaultSlope, limit);
        return SixteenBitConv2d.Apply(x, sixteenBit.For(weight, x.DType), styles, (filter, up, padding), rest, gain);
    }

    private Tensor StepByStep(Tensor x, Tensor styles, Tensor? added, ModulationForm form, double gain, double? limit)
    {
        x = Convolve(x, styles, form, 1);
        x = added is null ? x : x + added;
        return BiasAct.Apply(x, bias.To(x.DType), activation: activation, gain: gain, clamp: limit);
    }

    // Demodulation, noise, bias and activation are one operation of the graph; the gain goes into the small operands.
    private Tensor InOnePass(Tensor x, Tensor styles, Tensor? added, double gain, double? limit)
    {
        Tensor factor = ModulatedConv2d.Demodulation(weight, styles, gain);
        Tensor y = ConvResample2d.Apply(
            ChannelScale.Apply(x, styles), weight, filter, up, padding: Padding.All(padding), flipWeight: up == 1,
            precision: Precision);
        var rest = new StyleEpilogueArguments(
            factor, added is null ? null : added * gain, bias * gain, Activations.DefaultSlope, limit);
        return StyleEpilogueFunction.Apply(y, rest);
    }

    // The leaky ReLU commutes with positive factors: the gain is applied to the small operands (demodulation, noise, bias)
    // instead of the large result, and everything after the convolution works in its memory.
    private Tensor InPlace(Tensor x, Tensor styles, Tensor? added, ModulationForm form, double gain, double? limit)
    {
        x = Convolve(x, styles, form, gain);
        if (added is not null)
        {
            x.AddInPlace(added * gain);
        }

        return BiasAct.ApplyToTemporary(x, bias.To(x.DType) * gain, activation: activation, gain: 1, clamp: limit);
    }

    // Prepared again whenever the weights have changed; every way of changing them counts their version up. The first time it is
    // for once only: many a process makes one image, and what all layers keep is as large as the network, in memory that has to
    // be cleared first.
    private Tensor? WithPrepared(Tensor x, Tensor styles, Tensor? added, double gain, double? limit)
    {
        if (preparedVersion != weight.Version)
        {
            PreparedStyleConv2d? next = up <= 2 ? PreparedStyleConv2d.Create(weight, filter, Precision) : null;
            if (next is not null && usedVersion != weight.Version)
            {
                usedVersion = weight.Version;
                using (next)
                {
                    return next.Forward(x, styles, added, bias, Activations.DefaultSlope, gain, limit);
                }
            }

            prepared?.Dispose();
            (prepared, preparedVersion) = (next, weight.Version);
        }

        return prepared?.Forward(x, styles, added, bias, Activations.DefaultSlope, gain, limit);
    }

    // Upsampling layers store their weights for convolution, all others for correlation.
    private Tensor Convolve(Tensor x, Tensor styles, ModulationForm form, double gain) => ModulatedConv2d.Apply(
        x, weight, styles, filter, up, padding: padding, flipWeight: up == 1, form: form, gain: gain);
}
