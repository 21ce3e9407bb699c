using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Convolutions;

/// <summary>
/// Convolution and transposed convolution without groups: on the CPU channels-last through <see cref="ConvolutionFunction"/>,
/// elsewhere the engine's own operators, which <see cref="Precision.Fast"/> on CUDA devices gives rounded operands.
/// </summary>
internal static class PlainConvolution
{
    /// <summary>
    /// Correlates x [N, Cin, H, W] with weights [Cout, Cin, Kh, Kw]. The precision holds for float32, on the CPU and on CUDA
    /// devices.
    /// </summary>
    internal static Tensor Apply(
        Tensor x, Tensor weight, int stride = 1, int paddingY = 0, int paddingX = 0, Precision precision = Precision.Float32) =>
            Fits(x, weight)
        ? ConvolutionFunction.Apply(
            BilinearRole.Output, Geometry(weight, stride, paddingY, paddingX, (x.Size(2), x.Size(3)), precision), x, weight)
        : Rounds(x, precision)
            ? InBFloat16(x, weight, (a, b) => Functional.Conv2d(a, b, null, (stride, stride), (paddingY, paddingX)))
            : Functional.Conv2d(x, weight, null, (stride, stride), (paddingY, paddingX));

    /// <summary>
    /// The transpose: x [N, Cin, H, W], weights [Cin, Cout, Kh, Kw] to [N, Cout, (H-1)·stride - 2·padding + Kh, ...].
    /// </summary>
    internal static Tensor Transposed(
        Tensor x, Tensor weight, int stride, int paddingY = 0, int paddingX = 0, Precision precision = Precision.Float32)
    {
        if (!Fits(x, weight))
        {
            return Rounds(x, precision)
                ? InBFloat16(x, weight, (a, b) => Functional.ConvTranspose2d(a, b, (stride, stride), (paddingY, paddingX)))
                : Functional.ConvTranspose2d(x, weight, (stride, stride), (paddingY, paddingX));
        }

        long height = ((x.Size(2) - 1) * stride) - (2 * paddingY) + weight.Size(2);
        long width = ((x.Size(3) - 1) * stride) - (2 * paddingX) + weight.Size(3);
        return ConvolutionFunction.Apply(
            BilinearRole.Input, Geometry(weight, stride, paddingY, paddingX, (height, width), precision), x, weight);
    }

    /// <summary>
    /// A convolution of operands rounded to bfloat16, channels-last, with a float32 result. Rounding is an operator of the graph,
    /// so gradients of any order are convolutions of rounded operands again.
    /// </summary>
    internal static Tensor InBFloat16(Tensor x, Tensor weight, Func<Tensor, Tensor, Tensor> convolve)
    {
        using var scope = new TensorScope();
        Tensor y = convolve(
            x.To(DType.BFloat16).Contiguous(MemoryFormat.ChannelsLast), weight.To(DType.BFloat16).Contiguous(
                MemoryFormat.ChannelsLast));
        return scope.Keep(y.To(DType.Float32));
    }

    private static bool Rounds(Tensor x, Precision precision) =>
        precision == Precision.Fast && x is { DType: DType.Float32, Device.Type: DeviceType.Cuda };

    private static bool Fits(Tensor x, Tensor weight) =>
        FastOps.Enabled && x is { DType: DType.Float32 or DType.BFloat16, Device.Type: DeviceType.Cpu }
            && weight.DType == x.DType;

    private static ConvolutionGeometry Geometry(
        Tensor weight, int stride, int paddingY, int paddingX, (long Y, long X) size, Precision precision) =>
        new(stride, paddingY, paddingX, size, (weight.Size(2), weight.Size(3)), precision);
}
