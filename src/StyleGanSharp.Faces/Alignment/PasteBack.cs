using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Imaging;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>Puts an edited crop into its photograph.</summary>
public static class PasteBack
{
    /// <summary>
    /// Puts a crop back: bilinear, blended by a mask. Pixels where the mask is 0 stay as they are, to the last bit.
    /// </summary>
    /// <param name="photograph">Gray, RGB or RGBA. The result has the same channels, and the alpha stays.</param>
    /// <param name="edited">The crop, square, also larger or smaller than it was cut out; its alpha is laid on white.</param>
    /// <param name="transform">Where the crop lies in the photograph.</param>
    /// <param name="mask">How much of it shows where; null: a soft ellipse.</param>
    /// <returns>A new image.</returns>
    /// <exception cref="AlignmentException">
    /// The crop is not square, or the transform's square is not one of a face in this photograph.
    /// </exception>
    public static ImageBuffer Apply(ImageBuffer photograph, ImageBuffer edited, CropTransform transform, PasteMask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(photograph);
        ArgumentNullException.ThrowIfNull(edited);
        if (edited.Width != edited.Height)
        {
            throw new AlignmentException($"The edited crop has {edited.Width}x{edited.Height} pixels; expected a square.");
        }

        FaceAlignment.Require(transform.Quad, photograph.Width, photograph.Height);
        mask ??= PasteMask.Ellipse();
        var result = new ImageBuffer(photograph.Width, photograph.Height, photograph.Channels, [.. photograph.Pixels]);
        int channels = photograph.Channels == 1 ? 1 : 3;

        // A crop with many pixels for one of the photograph is averaged first; sampling alone would skip some.
        int factor = (int)Math.Clamp(edited.Width / transform.Quad.Side, 1, edited.Width);
        ImageBuffer source = edited.ToChannels(3, RgbColor.White);
        source = factor == 1 ? source : Shrinking.Shrink(source, PixelBox.All(source.Width, source.Height), factor);
        source = source.ToChannels(channels);
        double scale = (double)edited.Width / factor;
        var unit = new CropTransform(transform.Quad, 1);

        IReadOnlyList<FacePoint> corners = transform.Quad.Corners;
        (int left, int right) = Touched(corners.Select(p => p.X), photograph.Width);
        (int top, int bottom) = Touched(corners.Select(p => p.Y), photograph.Height);
        Span<double> color = stackalloc double[channels];
        for (int y = top; y < bottom; y++)
        {
            Span<byte> row = result.Row(y);
            for (int x = left; x < right; x++)
            {
                FacePoint place = unit.ToCrop(new FacePoint(x + 0.5, y + 0.5));
                double weight = mask.At(place.X, place.Y);
                if (weight <= 0)
                {
                    continue;
                }

                color.Clear();
                Bilinear.Add(source, place.X * scale, place.Y * scale, 1, color);
                for (int c = 0; c < channels; c++)
                {
                    ref byte pixel = ref row[(x * result.Channels) + c];
                    pixel = (byte)(pixel + ((color[c] - pixel) * weight) + 0.5);
                }
            }
        }

        return result;
    }

    // The pixels that a square can touch.
    private static (int First, int End) Touched(IEnumerable<double> corners, int size)
    {
        double[] places = [.. corners];
        return ((int)Math.Clamp(Math.Floor(places.Min()), 0, size), (int)Math.Clamp(Math.Ceiling(places.Max()), 0, size));
    }
}
