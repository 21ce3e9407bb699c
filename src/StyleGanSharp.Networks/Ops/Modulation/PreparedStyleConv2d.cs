using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary>
/// The convolution of a style layer, prepared once for inference: weights laid out channels-last, squared for the demodulation,
/// and the filter separated. With noise, bias, leaky ReLU and clamp it is the fast form of <see cref="ModulatedConv2d"/> followed
/// by <see cref="BiasAct"/>.
/// </summary>
internal sealed class PreparedStyleConv2d : IDisposable
{
    private readonly Tensor kernels;
    private readonly Tensor power;
    private readonly float[]? taps;
    private readonly int padding;

    private PreparedStyleConv2d(Tensor kernels, Tensor power, float[]? taps, int padding) =>
        (this.kernels, this.power, this.taps, this.padding) = (kernels, power, taps, padding);

    /// <summary>Prepares weights.</summary>
    /// <param name="weight">[Cout, Cin, K, K] float32; with a filter stored for convolution, else for correlation.</param>
    /// <param name="filter">Resampling filter of a layer that upsamples by two; null: the layer keeps the size.</param>
    /// <param name="precision">Of the convolution.</param>
    /// <returns>Null where no faster way than <see cref="ModulatedConv2d"/> is known.</returns>
    internal static PreparedStyleConv2d? Create(Tensor weight, Tensor? filter, Precision precision = Precision.Float32)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        long kernel = weight.Size(2);
        float[]? taps = filter is null ? null : SeparatedTaps.Of(filter);
        if (!FastOps.Take(weight) || kernel != weight.Size(3) || kernel % 2 == 0 || (filter is not null && taps is null))
        {
            return null;
        }

        // Upsampling is the transpose of a convolution from Cout to Cin.
        Tensor stored = filter is null ? weight.Detach() : weight.Detach().Transpose(0, 1);
        DType dtype = precision == Precision.Fast ? DType.BFloat16 : DType.Float32;
        return new PreparedStyleConv2d(
            stored.To(dtype).Clone(MemoryFormat.ChannelsLast).Own(), weight.Square().Sum([2, 3]).Own(), taps, (int)kernel / 2);
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
        Tensor factor = (ProductFunction.Apply(styles.Square(), power) + ModulatedConv2d.Epsilon).RSqrt().MulInPlace(gain);
        var rest = new StyleEpilogueArguments(factor, noise is null ? null : noise * gain, bias * gain, slope, clamp);
        Tensor y = Convolve(x, styles);
        return scope.Keep(taps is null
            ? StyleEpilogue.Apply(y, rest, inPlace: true)
            : StyleEpilogue.Filter(
                y, UpsamplingFilter.Axis(taps, y.Size(3), padding), UpsamplingFilter.Axis(taps, y.Size(2), padding), rest));
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
        Tensor scaled = kernels.DType == DType.BFloat16 ? ChannelScale.ToBFloat16(x, styles) : ChannelScale.Apply(x, styles);
        return scope.Keep(taps is null
            ? Functional.Conv2d(scaled, kernels, padding: (padding, padding)).Contiguous(MemoryFormat.ChannelsLast)
            : PlainConvolution.Transposed(scaled, kernels, 2).Contiguous(MemoryFormat.ChannelsLast));
    }
}
