using StyleGanSharp.Data.Images;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.NoiseEffects;

/// <summary>
/// Standard deviation of every pixel's brightness over pictures, by Welford's rule, so that any number of them takes the memory of one.
/// Brightness is the mean of the colour channels; the deviation is that of the population, in 8-bit grey levels.
/// </summary>
internal sealed class DeviationMap(int width, int height)
{
    private const double GreyLevels = 127.5; // Networks draw in [-1, 1].
    private const int ColourChannels = 3;

    private readonly double[] mean = new double[width * height];
    private readonly double[] squares = new double[width * height];
    private long count;

    /// <summary>Takes a picture in.</summary>
    /// <param name="image">[1, C, H, W] float32, about [-1, 1].</param>
    internal void Add(Tensor image)
    {
        using var scope = new TensorScope();
        float[] grey = image.Slice(1, 0, ColourChannels).Clamp(-1, 1).Mean([1]).ToArray<float>();
        count++;
        for (int i = 0; i < grey.Length; i++)
        {
            double value = grey[i] * GreyLevels, away = value - mean[i];
            mean[i] += away / count;
            squares[i] += away * (value - mean[i]);
        }
    }

    /// <summary>The deviations, [H, W].</summary>
    internal float[] Deviations() => [.. squares.Select(s => (float)Math.Sqrt(s / count))];

    /// <summary>The deviations as a picture in which the largest one is white.</summary>
    internal ImageBuffer Picture()
    {
        float[] deviations = Deviations();
        float largest = deviations.Max();
        return new ImageBuffer(width, height, 1, [.. deviations.Select(d => largest > 0 ? (byte)Math.Round(d / largest * byte.MaxValue) : (byte)0)]);
    }
}
