using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>The statistic that keeps the features of every image.</summary>
internal static class FeatureRows
{
    internal static (string Name, Func<IImageStatistic> Create) Of(FeatureSpace space, int count) => (
        $"rows;{space.Key}",
        () => new RowsStatistic(count, space.Extractor.Size, batch => batch.Features(space.Extractor), space.Key));
}
