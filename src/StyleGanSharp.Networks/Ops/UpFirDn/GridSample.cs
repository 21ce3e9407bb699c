using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.UpFirDn;

/// <summary>
/// Bilinear sampling at given places, zero outside of the image. Pixels are squares: -1 and 1 are the outer edges of the first
/// and last one ("align_corners false").
/// </summary>
public static class GridSample
{
    private const int Bilinear = 0, Zeros = 0;

    private static readonly Operator AffineGrid = new("aten::affine_grid_generator");
    private static readonly Operator Sample = new("aten::grid_sampler_2d");
    private static readonly Operator SampleBackward = new("aten::grid_sampler_2d_backward");

    /// <summary>The places that an affine map assigns to the pixels of a result.</summary>
    /// <param name="theta">[N, 2, 3], from normalised coordinates of the result to those of the image that is sampled.</param>
    /// <param name="height">H, pixels of the result.</param>
    /// <param name="width">W, likewise.</param>
    /// <returns>[N, H, W, 2], x before y.</returns>
    public static Tensor Affine(Tensor theta, long height, long width)
    {
        Shape.Require(theta, [null, 2, 3]);
        return AffineGrid.Call(theta, new[] { theta.Size(0), 1, height, width }, false);
    }

    /// <summary>Samples images; can be differentiated any number of times with respect to them, not to the places.</summary>
    /// <param name="x">[N, C, H', W'], floating point.</param>
    /// <param name="grid">[N, H, W, 2], x before y, -1 and 1 being the edges of the image.</param>
    /// <returns>[N, C, H, W].</returns>
    /// <exception cref="ShapeException">The shapes do not belong together.</exception>
    public static Tensor Apply(Tensor x, Tensor grid)
    {
        Shape.Require(x, [null, null, null, null]);
        Shape.Require(grid, [x.Size(0), null, null, 2]);
        return new Sampling().Of(x, grid);
    }

    // Libtorch's own operator has no second derivative. It is linear in the image, so its gradient is the adjoint, whose gradient
    // is the sampling itself.
    private sealed class Sampling : AutogradFunction
    {
        private long height, width;

        internal Tensor Of(Tensor x, Tensor grid) => Apply(x, grid);

        protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
        {
            (Tensor x, Tensor grid) = (inputs[0], inputs[1]);
            (height, width) = (x.Size(2), x.Size(3));
            context.Save(grid);
            return Sample.Call(x, grid, Bilinear, Zeros, false);
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) =>
            [new Spreading(height, width).Of(gradient, context.Saved(1)[0]!), null];
    }

    // Adds every value to the four pixels it was sampled from.
    private sealed class Spreading(long height, long width) : AutogradFunction
    {
        internal Tensor Of(Tensor y, Tensor grid) => Apply(y, grid);

        protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
        {
            (Tensor y, Tensor grid) = (inputs[0], inputs[1]);
            context.Save(grid);

            // The image only gives the sizes: its values would matter for the gradient of the grid, which is not used.
            Tensor picture = Tensor.Zeros([1], y.DType, y.Device).Expand(y.Size(0), y.Size(1), height, width);
            return SampleBackward.CallPair(y.Contiguous(), picture, grid, Bilinear, Zeros, false, new[] { true, false }).First;
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) =>
            [new Sampling().Of(gradient, context.Saved(1)[0]!), null];
    }
}
