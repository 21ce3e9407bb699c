using StyleGanSharp.Metrics.Samples;

namespace StyleGanSharp.Metrics.Statistics;

/// <summary>What is kept of images that pass by.</summary>
public interface IImageStatistic : IDisposable
{
    /// <summary>Adds images.</summary>
    void Add(ImageBatch batch);
}
