using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>
/// The 8-bit resize of the field's dataset tools, so that the same images give the same data set: width first, then height, the
/// result of the first pass rounded to 8 bits, filter weights as 22-bit integers. Shrinking widens the filter (no aliasing).
/// </summary>
public static class ImageResize
{
    private const int WeightBits = 22;
    private const double LanczosLobes = 3;

    /// <summary>Resizes an image. Alpha weighs the colours.</summary>
    /// <param name="image">The image.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>A new image, or this one when it has that size.</returns>
    public static ImageBuffer Resize(ImageBuffer image, int width, int height, ResizeFilter filter = ResizeFilter.Lanczos)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (width == image.Width && height == image.Height)
        {
            return image;
        }

        ImageBuffer result = image.Channels == 4 ? Premultiplied(image) : image;
        result = width == image.Width ? result : Rows(result, width, filter);
        result = height == image.Height ? result : Columns(result, height, filter);
        if (image.Channels == 4)
        {
            Divide(result);
        }

        return result;
    }

    private static ImageBuffer Rows(ImageBuffer image, int width, ResizeFilter filter)
    {
        Taps taps = Taps.Of(image.Width, width, filter);
        int channels = image.Channels;
        var result = new ImageBuffer(width, image.Height, channels);
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> source = image.Row(y);
            Span<byte> target = result.Row(y);
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<int> weights = taps.Weights(x);
                for (int c = 0; c < channels; c++)
                {
                    int sum = 1 << (WeightBits - 1);
                    for (int k = 0, i = (taps.First(x) * channels) + c; k < weights.Length; k++, i += channels)
                    {
                        sum += source[i] * weights[k];
                    }

                    target[(x * channels) + c] = Clip(sum);
                }
            }
        }

        return result;
    }

    private static ImageBuffer Columns(ImageBuffer image, int height, ResizeFilter filter)
    {
        Taps taps = Taps.Of(image.Height, height, filter);
        var result = new ImageBuffer(image.Width, height, image.Channels);
        var sums = new int[image.Width * image.Channels];
        for (int y = 0; y < height; y++)
        {
            Array.Fill(sums, 1 << (WeightBits - 1));
            ReadOnlySpan<int> weights = taps.Weights(y);
            for (int k = 0; k < weights.Length; k++)
            {
                ReadOnlySpan<byte> source = image.Row(taps.First(y) + k);
                int weight = weights[k];
                for (int i = 0; i < source.Length && i < sums.Length; i++)
                {
                    sums[i] += source[i] * weight;
                }
            }

            Span<byte> target = result.Row(y);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = Clip(sums[i]);
            }
        }

        return result;
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> WeightBits, 0, 255);

    private static ImageBuffer Premultiplied(ImageBuffer image)
    {
        var result = new ImageBuffer(image.Width, image.Height, 4);
        for (int i = 0; i < image.Pixels.Length; i += 4)
        {
            int alpha = image.Pixels[i + 3];
            for (int c = 0; c < 3; c++)
            {
                // Division by 255 with rounding.
                int product = (image.Pixels[i + c] * alpha) + 128;
                result.Pixels[i + c] = (byte)((product + (product >> 8)) >> 8);
            }

            result.Pixels[i + 3] = (byte)alpha;
        }

        return result;
    }

    private static void Divide(ImageBuffer image)
    {
        for (int i = 0; i < image.Pixels.Length; i += 4)
        {
            int alpha = image.Pixels[i + 3];
            if (alpha is 0 or 255)
            {
                continue;
            }

            for (int c = 0; c < 3; c++)
            {
                image.Pixels[i + c] = (byte)Math.Min(255, 255 * image.Pixels[i + c] / alpha);
            }
        }
    }

    /// <summary>For every output position the inputs that it is made of and their weights, which sum to 1.</summary>
    private sealed class Taps
    {
        private readonly int[] first;
        private readonly int[][] weights;

        private Taps(int[] first, int[][] weights)
        {
            this.first = first;
            this.weights = weights;
        }

        public int First(int position) => first[position];

        public ReadOnlySpan<int> Weights(int position) => weights[position];

        public static Taps Of(int from, int to, ResizeFilter filter)
        {
            double scale = (double)from / to;
            double filterScale = Math.Max(scale, 1);
            double support = filterScale * (filter == ResizeFilter.Lanczos ? LanczosLobes : 0.5);
            var first = new int[to];
            var weights = new int[to][];
            for (int i = 0; i < to; i++)
            {
                double centre = (i + 0.5) * scale;
                int low = Math.Max((int)(centre - support + 0.5), 0);
                int high = Math.Min((int)(centre + support + 0.5), from);
                var exact = new double[high - low];
                for (int k = 0; k < exact.Length; k++)
                {
                    exact[k] = Value(filter, (low + k - centre + 0.5) / filterScale);
                }

                double sum = exact.Sum();
                first[i] = low;
                weights[i] = Array.ConvertAll(
                    exact, w => (int)Math.Round(w / sum * (1 << WeightBits), MidpointRounding.AwayFromZero));
            }

            return new Taps(first, weights);
        }

        private static double Value(ResizeFilter filter, double t) => filter == ResizeFilter.Lanczos
            ? t is >= -LanczosLobes and < LanczosLobes ? Sinc(t) * Sinc(t / LanczosLobes) : 0
            : t is > -0.5 and <= 0.5 ? 1 : 0;

        private static double Sinc(double t) => t == 0 ? 1 : Math.Sin(Math.PI * t) / (Math.PI * t);
    }
}
