using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>
/// Rotation about the middle: the image is low-pass filtered and upsampled with <see cref="RotationFilter"/> and sampled again on
/// the turned grid, bilinearly. The reference side of EQ-R. Source: Karras et al., "Alias-Free Generative Adversarial Networks"
/// (2021), section 3 and appendix E.3.
/// </summary>
public static class FractionalRotation
{
    // Fine enough for bilinear sampling.
    private const int Up = 4;

    private static readonly Operator AffineGrid = new("aten::affine_grid_generator");
    private static readonly Operator GridSampler = new("aten::grid_sampler");

    /// <summary>Turns images; the mask leaves out what the filter or the sampling takes from outside.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="radians">Angle, to the left (counterclockwise).</param>
    /// <exception cref="ShapeException"><paramref name="x"/> is no batch of images.</exception>
    public static MaskedImages Apply(Tensor x, double radians)
    {
        Shape.Require(x, [null, null, null, null]);
        using var scope = new TensorScope();
        Tensor filter = RotationFilter.Design(radians, Up).To(x.Device);
        int reach = (int)filter.Size(0) / 2;
        Tensor fine = UpFirDn2d.Upsample(x, filter, (Up, Up), Padding.All(reach));                 // [N, C, 4H+2r, 4W+2r]

        // A sample is valid where its filter and those of its neighbours lie inside the image.
        Tensor mask = Masks.Inside(fine.Size(2), fine.Size(3), (2 * reach) + 1, x.Device);
        Tensor place = Placement(radians, x.Size(2), x.Size(3), reach).To(x.Device);
        Tensor turned = Sample(fine, place, x.Size(2), x.Size(3), nearest: false);
        return new MaskedImages(scope.Keep(turned), scope.Keep(Sample(mask, place, x.Size(2), x.Size(3), nearest: true)));
    }

    // From places in the result to places in the padded fine image, both from -1 to 1: [1, 2, 3].
    private static Tensor Placement(double radians, long height, long width, int reach)
    {
        (double s, double c) = Math.SinCos(radians);

        // Upsampling puts the pixels at the first of their fine samples, that is a bit to the left of and above their middle.
        (double x, double y) = (1.0 / (Up * width), 1.0 / (Up * height));
        double scaleX = width / (width + (2.0 * reach / Up)), scaleY = height / (height + (2.0 * reach / Up));
        return Tensor.From([c * scaleX, -s * scaleX, x * scaleX, s * scaleY, c * scaleY, y * scaleY], [1, 2, 3]).To(
            DType.Float32);
    }

    private static Tensor Sample(Tensor x, Tensor placement, long height, long width, bool nearest)
    {
        const int Bilinear = 0, Nearest = 1, Zeros = 0;
        long n = x.Size(0);
        Tensor grid = AffineGrid.Call(placement.Expand(n, 2, 3), new[] { n, x.Size(1), height, width }, false);
        return GridSampler.Call(x, grid, nearest ? Nearest : Bilinear, Zeros, false);
    }
}
