using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>
/// Padding of photographs that end within the square: the image reflected, that blended to its blur, and at last to its median
/// colour, the farther from the photograph the more.
/// </summary>
internal static class EdgePadding
{
    // Of the square's side.
    private const double Blur = 0.02;

    /// <summary>Pads an image.</summary>
    /// <param name="image">RGB.</param>
    /// <param name="left">Columns before it, at least 1.</param>
    /// <param name="top">Rows before it, at least 1.</param>
    /// <param name="right">Columns after it, at least 1.</param>
    /// <param name="bottom">Rows after it, at least 1.</param>
    /// <param name="side">Side of the square, in pixels of the image.</param>
    internal static ImageBuffer Pad(ImageBuffer image, int left, int top, int right, int bottom, double side)
    {
        ImageBuffer padded = Reflect(image, left, top, right, bottom);
        GaussianBlur blur = GaussianBlur.Of(padded, Blur * side);
        double[] acrossX = Distances(padded.Width, left, right), acrossY = Distances(padded.Height, top, bottom);
        var blurred = new float[padded.Width * 3];
        var counts = new long[3][];
        for (int c = 0; c < 3; c++)
        {
            counts[c] = new long[256];
        }

        for (int y = 0; y < padded.Height; y++)
        {
            Span<byte> row = padded.Row(y);
            blur.CopyRow(y, blurred);
            for (int i = 0; i < row.Length; i++)
            {
                double weight = Math.Clamp((3 * Math.Max(acrossX[i / 3], acrossY[y])) + 1, 0, 1);
                row[i] = Mix(row[i], blurred[i], weight);
                counts[i % 3][row[i]]++;
            }
        }

        double[] median = [.. counts.Select(Median)];
        for (int y = 0; y < padded.Height; y++)
        {
            Span<byte> row = padded.Row(y);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = Mix(row[i], median[i % 3], Math.Clamp(Math.Max(acrossX[i / 3], acrossY[y]), 0, 1));
            }
        }

        return padded;
    }

    /// <summary>The place that a reflection shows: the pixel at the border is the mirror and not repeated.</summary>
    /// <param name="place">Any place.</param>
    /// <param name="count">Pixels there are.</param>
    internal static int Mirror(int place, int count)
    {
        if (count == 1)
        {
            return 0;
        }

        int period = 2 * (count - 1), within = ((place % period) + period) % period;
        return within < count ? within : period - within;
    }

    private static ImageBuffer Reflect(ImageBuffer image, int left, int top, int right, int bottom)
    {
        var result = new ImageBuffer(left + image.Width + right, top + image.Height + bottom, 3);
        int[] columns = [.. Enumerable.Range(-left, result.Width).Select(x => 3 * Mirror(x, image.Width))];
        for (int y = 0; y < result.Height; y++)
        {
            ReadOnlySpan<byte> source = image.Row(Mirror(y - top, image.Height));
            Span<byte> target = result.Row(y);
            for (int x = 0; x < columns.Length; x++)
            {
                source.Slice(columns[x], 3).CopyTo(target[(3 * x)..]);
            }
        }

        return result;
    }

    // 1 at the outer border, 0 where the photograph begins, negative within it.
    private static double[] Distances(int count, int before, int after) =>
        [.. Enumerable.Range(0, count).Select(i => 1 - Math.Min((double)i / before, (double)(count - 1 - i) / after))];

    private static byte Mix(double from, double to, double weight) => (byte)(from + ((to - from) * weight) + 0.5);

    // Of an even number the mean of the middle two.
    private static double Median(long[] counts)
    {
        long total = counts.Sum();
        return (Ranked((total - 1) / 2) + Ranked(total / 2)) / 2.0;

        int Ranked(long rank)
        {
            int value = 0;
            while (rank >= counts[value])
            {
                rank -= counts[value++];
            }

            return value;
        }
    }
}
