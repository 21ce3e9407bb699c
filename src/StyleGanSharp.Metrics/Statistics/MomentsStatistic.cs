using StyleGanSharp.Metrics.Frechet;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spaces;

namespace StyleGanSharp.Metrics.Statistics;

/// <summary>Mean and covariance of features; memory does not grow with the images.</summary>
/// <param name="space">The feature space; stays the caller's.</param>
internal sealed class MomentsStatistic(FeatureSpace space) : ICachedStatistic
{
    private readonly FeatureMoments moments = new(space.Extractor.Size);
    private FeatureStatistics? finished;

    /// <inheritdoc/>
    public string Kind => $"moments;{space.Key}";

    /// <summary>The moments of all images.</summary>
    internal FeatureStatistics Value => finished ??= moments.Finish();

    /// <inheritdoc/>
    public void Add(ImageBatch batch) => moments.Add(batch.Features(space.Extractor));

    /// <inheritdoc/>
    public void Write(string path, string key) => StatisticsFile.Write(path, key, Value);

    /// <inheritdoc/>
    public bool TryRead(string path, string key, int count)
    {
        FeatureStatistics? read = StatisticsFile.Read(path, key, space.Extractor.Size);
        if (read is not null && read.Count != count)
        {
            read.Dispose();
            return false;
        }

        finished = read;
        return read is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        moments.Dispose();
        finished?.Dispose();
    }
}
