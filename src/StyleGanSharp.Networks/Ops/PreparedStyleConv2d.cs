using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// The convolution of a style layer, prepared once for inference: weights laid out channels-last, split into phases where the layer
/// upsamples, and squared for the demodulation. With noise, bias, leaky ReLU and clamp it is the fast twin of
/// <see cref="ModulatedConv2d"/> followed by <see cref="BiasAct"/>.
/// </summary>
internal sealed class PreparedStyleConv2d : IDisposable
{
    private const int RemainderTaps = 3;

    private readonly Tensor kernels;
    private readonly Tensor power;
    private readonly float[]? remainder;
    private readonly int padding;

    private PreparedStyleConv2d(Tensor kernels, Tensor power, float[]? remainder, int padding) =>
        (this.kernels, this.power, this.remainder, this.padding) = (kernels, power, remainder, padding);

    /// <summary>Prepares weights.</summary>
    /// <param name="weight">[Cout, Cin, K, K] float32; with a filter stored for convolution, else for correlation.</param>
    /// <param name="filter">Resampling filter of a layer that upsamples by two; null: the layer keeps the size.</param>
    /// <returns>Null where no faster way than <see cref="ModulatedConv2d"/> is known.</returns>
    internal static PreparedStyleConv2d? Create(Tensor weight, Tensor? filter)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        long kernel = weight.Size(2);
        float[]? remainder = filter is null ? null : PhaseUpsampling.Remainder(filter);
        if (kernel != weight.Size(3) || (filter is not null && (kernel != 3 || remainder?.Length != RemainderTaps || remainder[0] != remainder[2])))
        {
            return null;
        }

        Tensor kernels = remainder is null ? weight.Detach().Clone(MemoryFormat.ChannelsLast) : PhaseUpsampling.Kernels(weight);
        return new PreparedStyleConv2d(kernels.Own(), weight.Square().Sum([2, 3]).Own(), remainder, remainder is null ? (int)kernel / 2 : 1);
    }

    /// <summary>clamp(gain · lrelu(demodulated convolution of x · styles + noise + bias)).</summary>
    /// <param name="x">[N, Cin, H, W] float32; fastest channels-last.</param>
    /// <param name="styles">[N, Cin] float32.</param>
    /// <param name="noise">[H', W'] or [N, 1, H', W']; null: none.</param>
    /// <param name="bias">[Cout].</param>
    /// <param name="slope">Slope of the leaky ReLU below zero.</param>
    /// <param name="gain">Positive; the leaky ReLU commutes with it, so it goes into the small operands.</param>
    /// <param name="clamp">Limit of the magnitude; null: none.</param>
    /// <returns>[N, Cout, H·up, W·up] channels-last.</returns>
    internal Tensor Forward(Tensor x, Tensor styles, Tensor? noise, Tensor bias, double slope, double gain, double? clamp)
    {
        using var scope = new TensorScope();
        Tensor factor = (Functional.Linear(styles.Square(), power, null) + ModulatedConv2d.Epsilon).RSqrt().MulInPlace(gain);
        var rest = new StyleEpilogueArguments(factor, noise is null ? null : noise * gain, bias * gain, slope, clamp);
        Tensor y = Convolve(x, styles);
        if (CudaStyleEpilogue.Accepts(y, rest))
        {
            return scope.Keep(CudaStyleEpilogue.Finish(y, remainder, rest));
        }

        if (!StyleEpilogue.Accepts(y))
        {
            return scope.Keep(Finish(remainder is null ? y : PhaseUpsampling.Smooth(PhaseUpsampling.Interleave(y), remainder), rest));
        }

        if (remainder is not null)
        {
            return scope.Keep(StyleEpilogue.Interleave(y, remainder, rest));
        }

        StyleEpilogue.Apply(y, rest);
        return scope.Keep(y);
    }

    public void Dispose()
    {
        kernels.Dispose();
        power.Dispose();
    }

    // A scope of its own: the scaled input is as large as the input and is not needed any longer.
    private Tensor Convolve(Tensor x, Tensor styles)
    {
        using var scope = new TensorScope();
        Tensor scaled = (x * styles.Reshape(x.Size(0), -1, 1, 1)).Contiguous(MemoryFormat.ChannelsLast);
        return scope.Keep(Functional.Conv2d(scaled, kernels, padding: (padding, padding)));
    }

    // On devices that the one-pass kernel does not know.
    private static Tensor Finish(Tensor y, in StyleEpilogueArguments rest)
    {
        y.MulInPlace(rest.Factor.Reshape(y.Size(0), -1, 1, 1));
        if (rest.Noise is not null)
        {
            y.AddInPlace(rest.Noise);
        }

        return BiasAct.ApplyToTemporary(y, rest.Bias, activation: Activation.LeakyRelu, slope: rest.Slope, gain: 1, clamp: rest.Clamp);
    }
}
