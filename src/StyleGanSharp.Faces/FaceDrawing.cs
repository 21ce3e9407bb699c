using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Alignment;

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
                Dot(result, point, width, PointColor);
            }
        }

        return result;
    }

    /// <summary>A copy of an image with the square of every aligned face and a point at every landmark.</summary>
    /// <param name="image">Gray, RGB or RGBA (laid on white).</param>
    /// <param name="faces">Square and landmarks of each.</param>
    /// <returns>RGB.</returns>
    public static ImageBuffer Draw(
        ImageBuffer image, IReadOnlyList<(FaceQuad Quad, IReadOnlyList<FacePoint> Landmarks)> faces)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(faces);
        ImageBuffer rgb = image.ToChannels(3, RgbColor.White);
        var result = new ImageBuffer(rgb.Width, rgb.Height, 3, [.. rgb.Pixels]);
        int width = 1 + (Math.Max(image.Width, image.Height) / PixelsPerWidth);
        foreach ((FaceQuad quad, IReadOnlyList<FacePoint> landmarks) in faces)
        {
            FaceAlignment.Require(quad, image.Width, image.Height);
            IReadOnlyList<FacePoint> corners = quad.Corners;
            for (int i = 0; i < corners.Count; i++)
            {
                Line(result, corners[i], corners[(i + 1) % corners.Count], width);
            }

            foreach (FacePoint point in landmarks)
            {
                Dot(result, point, width, PointColor);
            }
        }

        return result;
    }

    // A square at every half of its width.
    private static void Line(ImageBuffer image, FacePoint from, FacePoint to, int width)
    {
        int steps = (int)Math.Ceiling(2 * double.Hypot(to.X - from.X, to.Y - from.Y) / width) + 1;
        for (int i = 0; i <= steps; i++)
        {
            double part = (double)i / steps;
            var place = new FacePoint(from.X + ((to.X - from.X) * part), from.Y + ((to.Y - from.Y) * part));
            Dot(image, place, width, BoxColor);
        }
    }

    private static void Dot(ImageBuffer image, FacePoint center, int width, RgbColor color) =>
        Fill(image, new FaceBox(center.X - (width / 2.0), center.Y - (width / 2.0), width, width), color);

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
