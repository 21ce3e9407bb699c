using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Alignment;

namespace StyleGanSharp.Faces.Tests.Alignment;

/// <summary>Photographs whose every pixel is a formula.</summary>
internal static class SyntheticPhotograph
{
    /// <summary>Slow waves of all three colours.</summary>
    internal static ImageBuffer Waves(int width, int height) => Of(width, height, (x, y, c) =>
        128 + (60 * Math.Sin((x / 17) + c)) + (50 * Math.Cos((y / 13) - (x / 40))));

    /// <summary>A checkerboard of 8x8 fields that fills a square.</summary>
    internal static ImageBuffer Checkerboard(int width, int height, FaceQuad quad)
    {
        var board = new CropTransform(quad, 8);
        return Of(width, height, (x, y, _) =>
        {
            FacePoint place = board.ToCrop(new FacePoint(x, y));
            return ((int)Math.Floor(place.X) + (int)Math.Floor(place.Y)) % 2 == 0 ? 255 : 0;
        });
    }

    /// <summary>An image by the colours at the centres of its pixels.</summary>
    internal static ImageBuffer Of(int width, int height, Func<double, double, int, double> color)
    {
        var image = new ImageBuffer(width, height, 3);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            int pixel = i / 3;
            image.Pixels[i] = (byte)Math.Clamp(Math.Round(color((pixel % width) + 0.5, (pixel / width) + 0.5, i % 3)), 0, 255);
        }

        return image;
    }

    /// <summary>A square about a point, turned clockwise.</summary>
    internal static FaceQuad Quad(double x, double y, double side, double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        return new FaceQuad(new FacePoint(x, y), new FacePoint(cos * side / 2, sin * side / 2));
    }
}
