using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// Convolution and transposed convolution without groups: on the CPU channels-last through <see cref="ConvolutionFunction"/>, elsewhere
/// the engine's own operators.
/// </summary>
internal static class PlainConvolution
{
    /// <summary>Correlates x [N, Cin, H, W] with weights [Cout, Cin, Kh, Kw]. The precision holds where this class has a form of its own.</summary>
    internal static Tensor Apply(Tensor x, Tensor weight, int stride = 1, int paddingY = 0, int paddingX = 0, Precision precision = Precision.Float32) => Fits(x, weight)
        ? ConvolutionFunction.Apply(BilinearRole.Output, Geometry(weight, stride, paddingY, paddingX, (x.Size(2), x.Size(3)), precision), x, weight)
        : Functional.Conv2d(x, weight, null, (stride, stride), (paddingY, paddingX));

    /// <summary>The transpose: x [N, Cin, H, W], weights [Cin, Cout, Kh, Kw] to [N, Cout, (H-1)·stride - 2·padding + Kh, ...].</summary>
    internal static Tensor Transposed(Tensor x, Tensor weight, int stride, int paddingY = 0, int paddingX = 0, Precision precision = Precision.Float32)
    {
        if (!Fits(x, weight))
        {
            return Functional.ConvTranspose2d(x, weight, (stride, stride), (paddingY, paddingX));
        }

        long height = ((x.Size(2) - 1) * stride) - (2 * paddingY) + weight.Size(2);
        long width = ((x.Size(3) - 1) * stride) - (2 * paddingX) + weight.Size(3);
        return ConvolutionFunction.Apply(BilinearRole.Input, Geometry(weight, stride, paddingY, paddingX, (height, width), precision), x, weight);
    }

    private static bool Fits(Tensor x, Tensor weight) =>
        FastOps.Enabled && x is { DType: DType.Float32 or DType.BFloat16, Device.Type: DeviceType.Cpu } && weight.DType == x.DType;

    private static ConvolutionGeometry Geometry(Tensor weight, int stride, int paddingY, int paddingX, (long Y, long X) size, Precision precision) =>
        new(stride, paddingY, paddingX, size, (weight.Size(2), weight.Size(3)), precision);
}
