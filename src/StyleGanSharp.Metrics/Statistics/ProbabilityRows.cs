using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Statistics;

/// <summary>Class probabilities of every image; how many classes there are shows with the first images.</summary>
/// <param name="count">Images at most.</param>
/// <param name="network">Has classes; stays the caller's.</param>
internal sealed class ProbabilityRows(int count, IFeatureExtractor network) : IImageStatistic
{
    private RowsStatistic? rows;

    /// <summary>[images, classes] float32; a view on the statistic, in the current scope.</summary>
    internal Tensor Value => (rows ?? throw new InvalidOperationException("There are no images.")).Value;

    /// <inheritdoc/>
    public void Add(ImageBatch batch)
    {
        rows ??= new RowsStatistic(count, (int)batch.Probabilities(network).Size(1), b => b.Probabilities(network), null);
        rows.Add(batch);
    }

    /// <inheritdoc/>
    public void Dispose() => rows?.Dispose();
}
