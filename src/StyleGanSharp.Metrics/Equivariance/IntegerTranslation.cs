using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>
/// Translation by whole pixels, which loses nothing: the operator of EQ-T with integer steps. Source: Karras et al., "Alias-Free
/// Generative Adversarial Networks" (2021), section 3 and appendix E.1.
/// </summary>
public static class IntegerTranslation
{
    /// <summary>Moves images; what comes in from outside is zero and not in the mask.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="tx">Shift to the right in image widths, rounded to whole pixels.</param>
    /// <param name="ty">Shift downwards in image heights, rounded to whole pixels.</param>
    /// <exception cref="ShapeException"><paramref name="x"/> is no batch of images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A shift is not below the size of the image.</exception>
    public static MaskedImages Apply(Tensor x, double tx, double ty)
    {
        Shape.Require(x, [null, null, null, null]);
        using var scope = new TensorScope();
        long height = x.Size(2), width = x.Size(3);
        long dx = (long)Math.Round(Pixels.Shift(tx, width)), dy = (long)Math.Round(Pixels.Shift(ty, height));
        Tensor mask = Masks.Rectangle(height, width, (dy, height + dy), (dx, width + dx), x.Device);
        return new MaskedImages(scope.Keep(x.Pad([dx, -dx, dy, -dy])), scope.Keep(mask));
    }
}
