using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Faces.Imaging;

/// <summary>
/// A square patch of an image, turned and scaled about its middle. Bilinear between pixel centres; black outside of the image.
/// </summary>
/// <param name="Center">The middle of the patch, in the image.</param>
/// <param name="Side">Pixels of a side of the patch.</param>
/// <param name="Scale">Pixels of the image for one of the patch.</param>
/// <param name="Degrees">By how much the content turns counter-clockwise.</param>
internal readonly record struct Turning(FacePoint Center, int Side, double Scale, double Degrees)
{
    /// <summary>Where a point of the patch lies in the image.</summary>
    internal FacePoint ToImage(FacePoint point)
    {
        (double sin, double cos) = Math.SinCos(Degrees * Math.PI / 180);
        double x = (point.X - (Side / 2.0)) * Scale, y = (point.Y - (Side / 2.0)) * Scale;
        return new FacePoint(Center.X + (cos * x) - (sin * y), Center.Y + (sin * x) + (cos * y));
    }

    /// <summary>Where a point of the image lies in the patch.</summary>
    internal FacePoint ToPatch(FacePoint point)
    {
        (double sin, double cos) = Math.SinCos(Degrees * Math.PI / 180);
        double x = (point.X - Center.X) / Scale, y = (point.Y - Center.Y) / Scale;
        return new FacePoint((Side / 2.0) + (cos * x) + (sin * y), (Side / 2.0) - (sin * x) + (cos * y));
    }

    /// <summary>The pixels of the patch.</summary>
    internal ImageBuffer Render(ImageBuffer image)
    {
        var patch = new ImageBuffer(Side, Side, 3);
        for (int row = 0; row < Side; row++)
        {
            Span<byte> output = patch.Row(row);
            for (int column = 0; column < Side; column++)
            {
                FacePoint place = ToImage(new FacePoint(column + 0.5, row + 0.5));
                double x = place.X - 0.5, y = place.Y - 0.5;
                int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
                if (left < -1 || top < -1 || left >= image.Width || top >= image.Height)
                {
                    continue;
                }

                double weightX = x - left, weightY = y - top;
                for (int c = 0; c < 3; c++)
                {
                    double upper = (At(left, top, c) * (1 - weightX)) + (At(left + 1, top, c) * weightX);
                    double lower = (At(left, top + 1, c) * (1 - weightX)) + (At(left + 1, top + 1, c) * weightX);
                    output[(column * 3) + c] = (byte)((upper * (1 - weightY)) + (lower * weightY) + 0.5);
                }
            }
        }

        return patch;

        double At(int x, int y, int c) => x < 0 || y < 0 || x >= image.Width || y >= image.Height
            ? 0
            : image.Pixels[((((long)y * image.Width) + x) * 3) + c];
    }
}
