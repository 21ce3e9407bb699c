using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Alignment;

namespace StyleGanSharp.Faces.Tests.Alignment;

/// <summary>Padding and blur against the formulas, pixel by pixel in double precision.</summary>
public sealed class EdgePaddingTests
{
    // Levels are rounded twice here, after the blur and after the median, and never in the reference.
    private const double Rounding = 1.5;

    [Theory]
    [InlineData(40, 30, 12, 9, 15, 20, 60)]
    [InlineData(7, 9, 20, 25, 30, 12, 50)]
    [InlineData(1, 5, 4, 3, 3, 4, 10)]
    public void Reflection_blur_and_median_are_blended_by_the_distance(
        int width, int height, int left, int top, int right, int bottom, double side)
    {
        ImageBuffer image = SyntheticPhotograph.Waves(width, height);
        ImageBuffer padded = EdgePadding.Pad(image, left, top, right, bottom, side);
        double[] expected = Reference(image, left, top, right, bottom, 0.02 * side);
        Assert.Equal(expected.Length, padded.Pixels.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], padded.Pixels[i], Rounding);
        }

        // The photograph itself stays where it is farther from its border than a third of the padding.
        int x = left + (width / 2), y = top + (height / 2);
        bool inner = width / 2 > Math.Max(left, right) / 3 && height / 2 > Math.Max(top, bottom) / 3;
        Assert.True(!inner || padded.Row(y)[3 * x] == image.Row(height / 2)[3 * (width / 2)]);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(24.5)]
    [InlineData(40)]
    public void Wide_blurs_by_way_of_a_smaller_image_look_the_same(double sigma)
    {
        // Hard edges and slow waves; blocks that do not divide the size.
        ImageBuffer image = SyntheticPhotograph.Of(203, 161, (x, y, c) =>
            x + (c * 20) > 120 ? 230 : 100 + (80 * Math.Sin(y / 9)));
        GaussianBlur exact = GaussianBlur.Exact(image, sigma), fast = GaussianBlur.Of(image, sigma);
        float[] one = new float[203 * 3], other = new float[203 * 3];
        double worst = 0;
        for (int y = 0; y < 161; y++)
        {
            exact.CopyRow(y, one);
            fast.CopyRow(y, other);
            worst = Math.Max(worst, one.Zip(other, (a, b) => Math.Abs(a - b)).Max());
        }

        Assert.InRange(worst, 0, 1.5);
    }

    [Theory]
    [InlineData(5, new[] { 1, 2, 3, 4, 3, 2, 1, 0, 1, 2, 3, 4, 3 })]
    [InlineData(2, new[] { 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1 })]
    [InlineData(1, new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Reflections_of_reflections_go_on(int count, int[] expected) =>
        Assert.Equal(expected, Enumerable.Range(-7, 13).Select(i => EdgePadding.Mirror(i, count)));

    private static double[] Reference(ImageBuffer image, int left, int top, int right, int bottom, double sigma)
    {
        int width = left + image.Width + right, height = top + image.Height + bottom;
        var padded = new double[width * height * 3];
        for (int i = 0; i < padded.Length; i++)
        {
            int x = Walk((i / 3 % width) - left, image.Width), y = Walk((i / 3 / width) - top, image.Height);
            padded[i] = image.Row(y)[(3 * x) + (i % 3)];
        }

        double[] result = [.. padded];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] += (Blurred(padded, width, height, i, sigma) - result[i]) * Math.Clamp((3 * Mask(i)) + 1, 0, 1);
        }

        double[] median = [.. Enumerable.Range(0, 3).Select(c =>
        {
            double[] sorted = [.. result.Where((_, i) => i % 3 == c).Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        })];
        return [.. result.Select((value, i) => value + ((median[i % 3] - value) * Math.Clamp(Mask(i), 0, 1)))];

        double Mask(int i)
        {
            int x = i / 3 % width, y = i / 3 / width;
            return Math.Max(
                1 - Math.Min((double)x / left, (double)(width - 1 - x) / right),
                1 - Math.Min((double)y / top, (double)(height - 1 - y) / bottom));
        }
    }

    // To and fro between the first and the last pixel.
    private static int Walk(int place, int count)
    {
        while (count > 1 && (place < 0 || place >= count))
        {
            place = place < 0 ? -place : (2 * (count - 1)) - place;
        }

        return count == 1 ? 0 : place;
    }

    private static double Blurred(double[] image, int width, int height, int index, double sigma)
    {
        int radius = (int)((4 * sigma) + 0.5);
        double sum = 0, weights = 0;
        for (int dy = -radius; dy <= radius; dy++)
        {
            for (int dx = -radius; dx <= radius; dx++)
            {
                double weight = radius == 0 ? 1 : Math.Exp(-((dx * dx) + (dy * dy)) / (2 * sigma * sigma));
                int x = Fold((index / 3 % width) + dx, width), y = Fold((index / 3 / width) + dy, height);
                sum += weight * image[(((y * width) + x) * 3) + (index % 3)];
                weights += weight;
            }
        }

        return sum / weights;
    }

    private static int Fold(int place, int count)
    {
        while (place < 0 || place >= count)
        {
            place = place < 0 ? -1 - place : (2 * count) - 1 - place;
        }

        return place;
    }
}
