using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Convolutions;

/// <summary>How a convolution without groups steps over its input.</summary>
/// <param name="Stride">Step of both axes.</param>
/// <param name="PaddingY">Zeros above and below, not negative.</param>
/// <param name="PaddingX">Zeros left and right, not negative.</param>
/// <param name="Size">Height and width of the input.</param>
/// <param name="Kernel">Height and width of the weights.</param>
/// <param name="Precision">Of what is multiplied.</param>
internal readonly record struct ConvolutionGeometry(
    int Stride, int PaddingY, int PaddingX, (long Y, long X) Size, (long Y, long X) Kernel, Precision Precision)
{
    /// <summary>The result of convolving x [N, Cin, H, W] with w [Cout, Cin, Kh, Kw].</summary>
    internal Tensor Forward(Tensor x, Tensor w) => Functional.Conv2d(x, w, null, (Stride, Stride), (PaddingY, PaddingX));

    /// <summary>What a gradient g of the result means for the input.</summary>
    internal Tensor InputGradient(Tensor g, Tensor w) =>
        Functional.Conv2dInputGradient(g, w, Size, (Stride, Stride), (PaddingY, PaddingX));

    /// <summary>What a gradient g of the result means for the weights.</summary>
    internal Tensor WeightGradient(Tensor g, Tensor x) =>
        Functional.Conv2dWeightGradient(g, x, Kernel, (Stride, Stride), (PaddingY, PaddingX));
}
