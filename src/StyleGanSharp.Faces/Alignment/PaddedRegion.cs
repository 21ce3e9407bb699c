using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Imaging;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>
/// The part of a photograph that a crop is sampled from: shrunk where it has many more pixels than the crop, cut to the square
/// with a border, and padded where the square comes near the photograph's border.
/// </summary>
/// <param name="Pixels">RGB.</param>
/// <param name="Scale">Pixels of the photograph for one of the region.</param>
/// <param name="Left">The region's left edge in the shrunk photograph; negative where it is padded.</param>
/// <param name="Top">Its upper edge.</param>
internal sealed record PaddedRegion(ImageBuffer Pixels, int Scale, int Left, int Top)
{
    // Of the square's side: the border around it, and the padding where there is any; the pixels that are border enough.
    private const double Border = 0.1;
    private const int LeastBorder = 3;
    private const double Padding = 0.3;
    private const int Margin = 4;

    // Larger squares are shrunk whatever the crop's size: with rotation and padding on all sides still less than 0.9 GB.
    private const int LargestSide = 8192;

    /// <summary>Where a point of the photograph lies in the region.</summary>
    internal FacePoint ToRegion(FacePoint point) => new((point.X / Scale) - Left, (point.Y / Scale) - Top);

    /// <summary>Prepares the region of a square.</summary>
    /// <param name="photograph">Gray, RGB or RGBA (laid on white).</param>
    /// <param name="quad">The square; its middle lies in the photograph.</param>
    /// <param name="size">Width and height of the crop.</param>
    internal static PaddedRegion Of(ImageBuffer photograph, FaceQuad quad, int size)
    {
        int scale = Shrink(quad.Side, size);
        double side = quad.Side / scale;
        int border = Math.Max((int)Math.Round(Border * side), LeastBorder);
        double[] x = [.. quad.Corners.Select(p => p.X / scale)], y = [.. quad.Corners.Select(p => p.Y / scale)];
        Range columns = Cut(x, photograph.Width, scale, border), rows = Cut(y, photograph.Height, scale, border);
        ImageBuffer region = Copy(photograph, columns, rows, scale);

        int[] pads =
        [
            columns.Start + border - Floor(x), rows.Start + border - Floor(y),
            Ceiling(x) - columns.End + border, Ceiling(y) - rows.End + border,
        ];
        int largest = pads.Max();
        if (largest <= border - Margin)
        {
            return new PaddedRegion(region, scale, columns.Start, rows.Start);
        }

        int least = (int)Math.Round(Padding * side);
        pads = [.. pads.Select(pad => Math.Max(Math.Max(pad, least), 1))];
        ImageBuffer padded = EdgePadding.Pad(region, pads[0], pads[1], pads[2], pads[3], side);
        return new PaddedRegion(padded, scale, columns.Start - pads[0], rows.Start - pads[1]);
    }

    /// <summary>By which whole factor the photograph is shrunk first.</summary>
    internal static int Shrink(double side, int size) =>
        (int)Math.Max(Math.Max(Math.Floor(side / size / 2), Math.Ceiling(side / LargestSide)), 1);

    private static int Floor(double[] values) => (int)Math.Floor(values.Min());

    private static int Ceiling(double[] values) => (int)Math.Ceiling(values.Max());

    private static Range Cut(double[] corners, int size, int scale, int border) => new(
        Math.Max(Floor(corners) - border, 0), Math.Min(Ceiling(corners) + border, (int)(((long)size + scale - 1) / scale)));

    private static ImageBuffer Copy(ImageBuffer photograph, Range columns, Range rows, int scale)
    {
        int channels = photograph.Channels;
        int left = columns.Start * scale, right = (int)Math.Min((long)columns.End * scale, photograph.Width);
        int top = rows.Start * scale, bottom = (int)Math.Min((long)rows.End * scale, photograph.Height);
        var part = new ImageBuffer(right - left, bottom - top, channels);
        for (int row = 0; row < part.Height; row++)
        {
            photograph.Row(top + row).Slice(left * channels, part.Width * channels).CopyTo(part.Row(row));
        }

        part = part.ToChannels(3, RgbColor.White);
        return scale == 1 ? part : Shrinking.Shrink(part, PixelBox.All(part.Width, part.Height), scale);
    }

    private readonly record struct Range(int Start, int End);
}
