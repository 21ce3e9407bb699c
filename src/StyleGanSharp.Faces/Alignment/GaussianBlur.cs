using System.Numerics;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>
/// An RGB image blurred by a Gaussian, at every pixel or, where nobody can see the difference, at every few pixels. Beyond the
/// border the image is mirrored.
/// </summary>
internal sealed class GaussianBlur
{
    // The kernel ends at so many standard deviations.
    private const double Reach = 4;

    // Wider blurs are computed from an image shrunk until this is their standard deviation.
    private const double WidestExact = 16;
    private const double Shrunk = 8;

    private readonly float[] values;
    private readonly int width;
    private readonly int height;
    private readonly int factor;
    private readonly int margin;

    private GaussianBlur(float[] values, int width, int height, int factor, int margin) =>
        (this.values, this.width, this.height, this.factor, this.margin) = (values, width, height, factor, margin);

    /// <summary>Blurs, exactly or by way of a smaller image.</summary>
    /// <param name="image">RGB.</param>
    /// <param name="sigma">Standard deviation in pixels; 0 or more.</param>
    internal static GaussianBlur Of(ImageBuffer image, double sigma)
    {
        if (sigma <= WidestExact)
        {
            return Exact(image, sigma);
        }

        // The means of blocks and the interpolation between them blur as well: by variances of (f^2 - 1) / 12 and f^2 / 6. Blocks
        // beyond the border take the place of its mirror, which would not lie between two blocks.
        int factor = (int)(sigma / Shrunk);
        double rest = (sigma * sigma) - (((factor * factor) - 1) / 12.0) - (factor * factor / 6.0);
        int margin = (int)Math.Ceiling(Reach * sigma / factor) + 1;
        int width = ((image.Width + factor - 1) / factor) + (2 * margin);
        int height = ((image.Height + factor - 1) / factor) + (2 * margin);
        float[] means = BlockMeans(image, factor, margin, width, height);
        return new GaussianBlur(Blurred(means, width, height, Math.Sqrt(rest) / factor), width, height, factor, margin);
    }

    /// <summary>Blurs at every pixel: the reference.</summary>
    /// <param name="image">RGB.</param>
    /// <param name="sigma">Standard deviation in pixels; 0 or more.</param>
    internal static GaussianBlur Exact(ImageBuffer image, double sigma)
    {
        float[] values = [.. image.Pixels.Select(p => (float)p)];
        return new GaussianBlur(Blurred(values, image.Width, image.Height, sigma), image.Width, image.Height, 1, 0);
    }

    /// <summary>Copies a row of the blurred image.</summary>
    /// <param name="y">Which.</param>
    /// <param name="row">[width of the image, 3], 0 to 255 and not rounded.</param>
    internal void CopyRow(int y, Span<float> row)
    {
        if (factor == 1)
        {
            values.AsSpan(y * width * 3, width * 3).CopyTo(row);
            return;
        }

        (int top, int bottom, float down) = Place(y, height);
        ReadOnlySpan<float> upper = values.AsSpan(top * width * 3, width * 3);
        ReadOnlySpan<float> lower = values.AsSpan(bottom * width * 3, width * 3);
        for (int x = 0; x < row.Length / 3; x++)
        {
            (int left, int right, float across) = Place(x, width);
            for (int c = 0; c < 3; c++)
            {
                float first = upper[(3 * left) + c] + ((upper[(3 * right) + c] - upper[(3 * left) + c]) * across);
                float second = lower[(3 * left) + c] + ((lower[(3 * right) + c] - lower[(3 * left) + c]) * across);
                row[(3 * x) + c] = first + ((second - first) * down);
            }
        }
    }

    private (int Lower, int Upper, float Weight) Place(int pixel, int count)
    {
        double place = Math.Clamp(((pixel + 0.5) / factor) - 0.5 + margin, 0, count - 1);
        int lower = (int)place;
        return (lower, Math.Min(lower + 1, count - 1), (float)(place - lower));
    }

    private static float[] BlockMeans(ImageBuffer image, int factor, int margin, int width, int height)
    {
        int[] columns = [.. Enumerable.Range(-margin * factor, width * factor).Select(x => 3 * Repeat(x, image.Width))];
        var means = new float[width * height * 3];
        float part = 1f / (factor * factor);
        for (int y = 0; y < height * factor; y++)
        {
            ReadOnlySpan<byte> row = image.Row(Repeat(y - (margin * factor), image.Height));
            Span<float> target = means.AsSpan(y / factor * width * 3, width * 3);
            for (int x = 0; x < columns.Length; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    target[(x / factor * 3) + c] += row[columns[x] + c] * part;
                }
            }
        }

        return means;
    }

    // One direction after the other.
    private static float[] Blurred(float[] values, int width, int height, double sigma)
    {
        int stride = width * 3;
        float[] taps = Taps(sigma);
        int radius = taps.Length / 2;
        var across = new float[values.Length];
        var extended = new float[stride + (6 * radius)];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = values.AsSpan(y * stride, stride);
            for (int i = 0; i < extended.Length; i++)
            {
                extended[i] = row[(3 * Repeat((i / 3) - radius, width)) + (i % 3)];
            }

            for (int k = 0; k < taps.Length; k++)
            {
                AddScaled(extended.AsSpan(3 * k, stride), taps[k], across.AsSpan(y * stride, stride));
            }
        }

        var result = new float[values.Length];
        for (int y = 0; y < height; y++)
        {
            for (int k = 0; k < taps.Length; k++)
            {
                int from = Repeat(y + k - radius, height);
                AddScaled(across.AsSpan(from * stride, stride), taps[k], result.AsSpan(y * stride, stride));
            }
        }

        return result;
    }

    private static float[] Taps(double sigma)
    {
        int radius = (int)((Reach * sigma) + 0.5);
        double[] taps =
        [
            .. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => radius == 0 ? 1 : Math.Exp(-i * i / (2 * sigma * sigma))),
        ];
        double sum = taps.Sum();
        return [.. taps.Select(t => (float)(t / sum))];
    }

    // Mirrored with the pixel at the border repeated, so that the mean colour stays.
    private static int Repeat(int place, int count)
    {
        int period = 2 * count, within = ((place % period) + period) % period;
        return within < count ? within : period - 1 - within;
    }

    private static void AddScaled(ReadOnlySpan<float> from, float scale, Span<float> to)
    {
        int i = 0;
        for (; i <= from.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(to[i..]) + (new Vector<float>(from[i..]) * scale)).CopyTo(to[i..]);
        }

        for (; i < from.Length; i++)
        {
            to[i] += from[i] * scale;
        }
    }
}
