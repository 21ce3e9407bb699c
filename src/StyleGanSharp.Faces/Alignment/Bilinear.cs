using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>Reading an image between its pixels; beyond its border the nearest pixels go on.</summary>
internal static class Bilinear
{
    /// <summary>Adds the weighted colour of a place.</summary>
    /// <param name="image">Any channels.</param>
    /// <param name="x">From the left edge, in pixels: the centre of the first pixel lies at 0.5.</param>
    /// <param name="y">From the upper edge.</param>
    /// <param name="weight">Factor.</param>
    /// <param name="sums">One for each channel.</param>
    internal static void Add(ImageBuffer image, double x, double y, double weight, Span<double> sums)
    {
        x = Math.Clamp(x - 0.5, 0, image.Width - 1);
        y = Math.Clamp(y - 0.5, 0, image.Height - 1);
        int left = (int)x, top = (int)y, channels = image.Channels;
        double right = x - left, bottom = y - top;
        ReadOnlySpan<byte> upper = image.Row(top).Slice(left * channels);
        ReadOnlySpan<byte> lower = image.Row(Math.Min(top + 1, image.Height - 1)).Slice(left * channels);
        int next = left + 1 < image.Width ? channels : 0;
        double w00 = (1 - right) * (1 - bottom) * weight, w10 = right * (1 - bottom) * weight;
        double w01 = (1 - right) * bottom * weight, w11 = right * bottom * weight;
        for (int c = 0; c < sums.Length; c++)
        {
            sums[c] += (upper[c] * w00) + (upper[c + next] * w10) + (lower[c] * w01) + (lower[c + next] * w11);
        }
    }
}
