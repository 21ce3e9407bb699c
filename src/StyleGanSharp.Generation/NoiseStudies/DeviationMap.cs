using StyleGanSharp.Data.Images;
using StyleGanSharp.Generation.Images;

namespace StyleGanSharp.Generation.NoiseStudies;

/// <summary>
/// Standard deviation of every pixel's brightness over images, by Welford's rule, so that any number of them takes the memory of
/// one. Brightness is the mean of the color channels; the deviation is that of the population, in 8-bit gray levels.
/// </summary>
internal sealed class DeviationMap(int width, int height)
{
    private const double GrayLevels = 127.5; // Networks draw in [-1, 1].
    private const int ColorChannels = 3;

    private readonly double[] mean = new double[width * height];
    private readonly double[] squares = new double[width * height];
    private long count;

    /// <summary>Takes an image in.</summary>
    internal void Add(RawImage image)
    {
        count++;
        int channels = Math.Min(image.Channels, ColorChannels), size = width * height;
        for (int i = 0; i < size; i++)
        {
            float sum = 0;
            for (int c = 0; c < channels; c++)
            {
                sum += Math.Clamp(image.Values[(c * size) + i], -1, 1);
            }

            double value = sum / channels * GrayLevels, away = value - mean[i];
            mean[i] += away / count;
            squares[i] += away * (value - mean[i]);
        }
    }

    /// <summary>The deviations, [H, W].</summary>
    internal float[] Deviations() => [.. squares.Select(s => (float)Math.Sqrt(s / count))];

    /// <summary>The deviations as an image in which the largest one is white.</summary>
    internal ImageBuffer Image()
    {
        float[] deviations = Deviations();
        float largest = deviations.Max();
        return new ImageBuffer(
            width, height, 1, [.. deviations.Select(d => largest > 0 ? (byte)Math.Round(d / largest * byte.MaxValue) : (byte)0)]);
    }
}
