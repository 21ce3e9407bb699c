using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>
/// What <see cref="FractionalRotation"/> does to frequencies, without the rotation: a generator that has turned its image itself
/// can show frequencies that the reference had to filter out, so the comparison is made without them. The generator's side of
/// EQ-R. Source: Karras et al., "Alias-Free Generative Adversarial Networks" (2021), section 3 and appendix E.3.
/// </summary>
public static class PseudoRotation
{
    /// <summary>Filters images; the mask leaves out every pixel whose filter reaches over the border.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="radians">Angle to the left by which the images are turned already.</param>
    /// <exception cref="ShapeException"><paramref name="x"/> is no batch of images.</exception>
    public static MaskedImages Apply(Tensor x, double radians)
    {
        Shape.Require(x, [null, null, null, null]);
        using var scope = new TensorScope();
        Tensor filter = RotationFilter.Design(-radians, 1).To(x.Device);
        Tensor mask = Masks.Inside(x.Size(2), x.Size(3), filter.Size(0) / 2, x.Device);
        return new MaskedImages(scope.Keep(UpFirDn2d.Filter(x, filter)), scope.Keep(mask));
    }
}
