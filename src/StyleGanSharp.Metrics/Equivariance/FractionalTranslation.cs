using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>
/// Translation by fractions of a pixel: the continuous image that the pixels stand for, moved and sampled again, with a sinc
/// under a Lanczos window for the ideal interpolation. The operator of EQ-T with fractional steps. Source: Karras et al.,
/// "Alias-Free Generative Adversarial Networks" (2021), section 3 and appendix E.2.
/// </summary>
public static class FractionalTranslation
{
    // Lobes of the window on each side; the filter has twice as many taps.
    private const int Lobes = 3;

    /// <summary>Moves images; the mask leaves out every pixel whose filter reaches over the border.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="tx">Shift to the right in image widths.</param>
    /// <param name="ty">Shift downwards in image heights.</param>
    /// <exception cref="ShapeException"><paramref name="x"/> is no batch of images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A shift is not below the size of the image.</exception>
    public static MaskedImages Apply(Tensor x, double tx, double ty)
    {
        Shape.Require(x, [null, null, null, null]);
        using var scope = new TensorScope();
        long height = x.Size(2), width = x.Size(3);
        (int dx, double fx) = Split(Pixels.Shift(tx, width));
        (int dy, double fy) = Split(Pixels.Shift(ty, height));
        Tensor filter = Taps(fy).Unsqueeze(1) * Taps(fx).Unsqueeze(0);                             // [2a, 2a]

        // A place i needs the samples i - d - k for k = 1-a .. a.
        var padding = new Padding(Lobes + dx, Lobes - 1 - dx, Lobes + dy, Lobes - 1 - dy);
        Tensor moved = UpFirDn2d.Apply(x, filter.To(DType.Float32).To(x.Device), (1, 1), (1, 1), padding);
        Tensor mask = Masks.Rectangle(
            height, width, (dy + Lobes, height + dy - (Lobes - 1)), (dx + Lobes, width + dx - (Lobes - 1)), x.Device);
        return new MaskedImages(scope.Keep(moved), scope.Keep(mask));
    }

    private static (int Whole, double Fraction) Split(double pixels)
    {
        double whole = Math.Floor(pixels);
        return ((int)whole, pixels - whole);
    }

    // Windowed sinc at k - fraction, k = 1-a .. a, sum 1, float64 [2a].
    private static Tensor Taps(double fraction)
    {
        Tensor places = Tensor.Arange(2 * Lobes, DType.Float64) + (1 - Lobes - fraction);
        Tensor taps = Signals.Sinc(places) * Signals.LanczosWindow(places, Lobes);
        return taps / taps.Sum();
    }
}
