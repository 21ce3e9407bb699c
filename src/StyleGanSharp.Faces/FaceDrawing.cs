using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Faces;

/// <summary>Draws what was found into an image.</summary>
public static class FaceDrawing
{
    // Widths of lines and points: one pixel for so many of the longer side.
    private const int PixelsPerWidth = 400;

    private static readonly RgbColor BoxColor = new(0, 230, 60);
    private static readonly RgbColor PointColor = new(255, 40, 160);

    /// <summary>A copy of an image with a frame around every face and a square at every landmark.</summary>
    /// <param name="image">Gray, RGB or RGBA (laid on white).</param>
    /// <param name="faces">What was found in it.</param>
    /// <returns>RGB.</returns>
    public static ImageBuffer Draw(ImageBuffer image, IReadOnlyList<Face> faces)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(faces);
        ImageBuffer rgb = image.ToChannels(3, RgbColor.White);
        var result = new ImageBuffer(rgb.Width, rgb.Height, 3, [.. rgb.Pixels]);
        int width = 1 + (Math.Max(image.Width, image.Height) / PixelsPerWidth);
        foreach (Face face in faces)
        {
            FaceBox box = face.Box;
            Fill(result, box with { Height = width }, BoxColor);
            Fill(result, box with { Y = box.Bottom - width, Height = width }, BoxColor);
            Fill(result, box with { Width = width }, BoxColor);
            Fill(result, box with { X = box.Right - width, Width = width }, BoxColor);
            foreach (FacePoint point in face.Landmarks ?? [])
            {
                double half = width / 2.0;
                Fill(result, new FaceBox(point.X - half, point.Y - half, width, width), PointColor);
            }
        }

        return result;
    }

    private static void Fill(ImageBuffer image, FaceBox box, RgbColor color)
    {
        (int left, int right) = (Place(box.X, image.Width), Place(box.Right, image.Width));
        (int top, int bottom) = (Place(box.Y, image.Height), Place(box.Bottom, image.Height));
        for (int y = top; y < bottom; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = left; x < right; x++)
            {
                row[3 * x] = color.R;
                row[(3 * x) + 1] = color.G;
                row[(3 * x) + 2] = color.B;
            }
        }
    }

    private static int Place(double value, int size) => (int)Math.Clamp(Math.Round(value), 0, size);
}
