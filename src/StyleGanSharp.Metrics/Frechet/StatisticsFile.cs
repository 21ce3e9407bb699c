using System.Globalization;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Metrics.Frechet;

/// <summary>
/// Feature statistics in a safetensors file, so that those of the real images are computed once. A cache: a file that is damaged
/// or of something else is as good as none.
/// </summary>
public static class StatisticsFile
{
    private const string Mean = "mean";
    private const string Covariance = "covariance";
    private const string Key = "key";
    private const string Count = "count";

    /// <summary>Writes statistics; the file is complete or is not there.</summary>
    /// <param name="path">Target file; replaced if it exists.</param>
    /// <param name="key">Says what they are of: images, options, detector.</param>
    /// <param name="statistics">What is kept.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, string key, FeatureStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        Safetensors.Write(path, [(Mean, statistics.Mean), (Covariance, statistics.Covariance)], new Dictionary<string, string>
        {
            [Key] = key,
            [Count] = statistics.Count.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Reads statistics.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What they have to be of.</param>
    /// <param name="size">Features they have to have.</param>
    /// <returns>The statistics; null when there is no such file, or it is damaged, or of something else.</returns>
    public static FeatureStatistics? Read(string path, string key, int size)
    {
        // Their size is known, so a file that claims another one never gets memory.
        long largest = ((long)size * (size + 1) * sizeof(double)) + (1 << 20);
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > largest)
            {
                return null;
            }

            using SafetensorsFile file = Safetensors.Read(path);
            return file.Metadata.GetValueOrDefault(Key) == key
                && long.TryParse(
                    file.Metadata.GetValueOrDefault(Count), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
                        && count > 0
                && Part(file, Mean, [size]) is { } mean && Part(file, Covariance, [size, size]) is { } covariance
                ? Copied(mean, covariance, count)
                : null;
        }
        catch (Exception e) when (e is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Tensor? Part(SafetensorsFile file, string name, long[] shape) =>
        file.Tensors.TryGetValue(name, out Tensor? tensor) && tensor.DType == DType.Float64 && tensor.Shape.SequenceEqual(shape)
            && tensor.AllFinite()
            ? tensor
            : null;

    // The file's tensors go with it.
    private static FeatureStatistics Copied(Tensor mean, Tensor covariance, long count) =>
        new(mean.Clone(), covariance.Clone(), count);
}
