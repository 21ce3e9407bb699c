using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Losses;

/// <summary>
/// The Gaussian blur that fades out over the first images, so that the discriminator does not look at high frequencies too early.
/// Source: Karras et al. (2021), appendix F.
/// </summary>
public static class DiscriminatorBlur
{
    /// <summary>Standard deviation in pixels after a number of images.</summary>
    public static double Sigma(LossOptions options, long images)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.BlurFadeImages <= 0 ? 0 : Math.Max(1 - (images / options.BlurFadeImages), 0) * options.BlurInitSigma;
    }

    /// <summary>Whether a standard deviation changes images at all.</summary>
    internal static bool IsVisible(double sigma) => Radius(sigma) > 0;

    /// <summary>Blurs images; outside of them is zero.</summary>
    /// <param name="image">[N, C, H, W] float32.</param>
    /// <param name="sigma">Standard deviation times sqrt(2 ln 2), in pixels: the taps are 2^-(i/sigma)², up to 3 sigma.</param>
    /// <returns>Of the same shape; the image itself where less than one tap is left.</returns>
    public static Tensor Apply(Tensor image, double sigma)
    {
        ArgumentNullException.ThrowIfNull(image);
        int radius = Radius(sigma);
        if (radius <= 0)
        {
            return image.Alias();
        }

        using var scope = new TensorScope();
        double[] taps = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => Math.Pow(2, -(i / sigma) * (i / sigma)))];
        double sum = taps.Sum();
        Tensor filter = Tensor.From(Array.ConvertAll(taps, t => (float)(t / sum)), [taps.Length]);
        return scope.Keep(UpFirDn2d.Filter(image, filter.To(image.Device)));
    }

    private static int Radius(double sigma) => (int)Math.Floor(sigma * 3);
}
