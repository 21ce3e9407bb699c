using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>How much of an edited crop shows at each of its places when it is put back.</summary>
public sealed class PasteMask
{
    private readonly ImageBuffer? image;

    private PasteMask(ImageBuffer? image) => this.image = image;

    /// <summary>Half the width of the ellipse, in sides of the crop, 0 to 0.5.</summary>
    public double RadiusX { get; private init; } = 0.46;

    /// <summary>Half its height.</summary>
    public double RadiusY { get; private init; } = 0.48;

    /// <summary>Part of the radii over which the edit fades out, 0 to 1.</summary>
    public double Feather { get; private init; } = 0.25;

    /// <summary>An ellipse about the middle of the crop whose edge fades out.</summary>
    /// <param name="radiusX">Half its width, in sides of the crop: above 0, at most 0.5.</param>
    /// <param name="radiusY">Half its height.</param>
    /// <param name="feather">Part of the radii over which it fades out: above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static PasteMask Ellipse(double radiusX = 0.46, double radiusY = 0.48, double feather = 0.25)
    {
        Require(radiusX, 0.5, nameof(radiusX));
        Require(radiusY, 0.5, nameof(radiusY));
        Require(feather, 1, nameof(feather));
        return new PasteMask(null) { RadiusX = radiusX, RadiusY = radiusY, Feather = feather };
    }

    /// <summary>A mask that is drawn: 255 shows the edit, 0 the photograph.</summary>
    /// <param name="image">Laid over the crop, whatever its size; colours count as gray, and alpha is dropped.</param>
    public static PasteMask Of(ImageBuffer image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new PasteMask(image.ToChannels(1));
    }

    /// <summary>The weight of the edit, 0 to 1, at a place of the crop.</summary>
    /// <param name="x">From the left, in sides of the crop.</param>
    /// <param name="y">From above.</param>
    internal double At(double x, double y)
    {
        if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1))
        {
            return 0;
        }

        if (image is not null)
        {
            Span<double> sum = [0];
            Bilinear.Add(image, x * image.Width, y * image.Height, 1.0 / 255, sum);
            return sum[0];
        }

        double inside = Math.Clamp((1 - double.Hypot((x - 0.5) / RadiusX, (y - 0.5) / RadiusY)) / Feather, 0, 1);
        return inside * inside * (3 - (2 * inside)); // Smooth at both ends: no edge shows.
    }

    private static void Require(double value, double most, string name)
    {
        if (!(value > 0 && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"Expected a number above 0, at most {most}.");
        }
    }
}
