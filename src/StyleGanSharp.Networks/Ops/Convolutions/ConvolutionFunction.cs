using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Convolutions;

/// <summary>
/// A convolution in the graph, channels-last throughout; its input's side is the transposed convolution. The engine's own second
/// derivatives of convolutions run through kernels as large as images; these use the three primitives again.
/// </summary>
internal sealed class ConvolutionFunction : BilinearFunction
{
    private readonly ConvolutionGeometry geometry;

    private ConvolutionFunction(BilinearRole role, in ConvolutionGeometry geometry)
        : base(role) => this.geometry = geometry;

    /// <summary>Computes one role; records it where recording is on.</summary>
    /// <param name="role">What is wanted.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="a">x for the output, else g.</param>
    /// <param name="b">x for the weights, else w.</param>
    internal static Tensor Apply(BilinearRole role, in ConvolutionGeometry geometry, Tensor a, Tensor b) =>
        new ConvolutionFunction(role, geometry).Apply(role, a, b);

    private protected override BilinearFunction For(BilinearRole wanted) => new ConvolutionFunction(wanted, geometry);

    private protected override Tensor Compute(BilinearRole wanted, Tensor a, Tensor b)
    {
        using var scope = new TensorScope();
        DType result = a.DType;
        if (geometry.Precision == Precision.Fast)
        {
            (a, b) = (a.To(DType.BFloat16), b.To(DType.BFloat16));
        }

        a = ImageOrder.ChannelsLast(a);
        return scope.Keep((wanted switch
        {
            BilinearRole.Output => geometry.Forward(a, b),
            BilinearRole.Input => geometry.InputGradient(a, b),
            _ => geometry.WeightGradient(a, ImageOrder.ChannelsLast(b)),
        }).To(result));
    }
}
