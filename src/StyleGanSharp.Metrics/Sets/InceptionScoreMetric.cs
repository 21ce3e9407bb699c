using StyleGanSharp.Metrics.Inception;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// The Inception Score; without an Inception network the same score over the expressions of faces, under another name. Source:
/// Salimans et al., "Improved Techniques for Training GANs" (2016), section 4.
/// </summary>
/// <param name="count">Name of the number of images, e.g. <c>50k</c>.</param>
/// <param name="samples">The number.</param>
internal sealed class InceptionScoreMetric(string count, int samples) : ImageSetMetric($"is{count}", samples)
{
    public override string Description => "Inception Score: clear and various classes";

    public override MetricNeeds Needs => MetricNeeds.Classes;

    public override MetricDirection Better => MetricDirection.Higher;

    private protected override int FewestSamples => InceptionScore.DefaultSplits;

    internal override DatasetView? RealsOf(MetricContext context) => null;

    internal override (string Name, Func<IImageStatistic> Create) Statistic(MetricContext context, int count, bool real)
    {
        MetricSpaces spaces = context.RequireSpaces(this);
        return spaces.Classes is { } space
            ? ($"classes;{space.Key}", () => new ProbabilityRows(count, space.Extractor))
            : ("classes;expressions", () => new RowsStatistic(
                count, FaceReadings.ExpressionCount, batch => spaces.Faces.Expressions(batch.Images), null));
    }

    internal override IReadOnlyList<MetricResult> Compute(
        MetricContext context, IImageStatistic generated, IImageStatistic? reals)
    {
        FeatureSpace? space = context.RequireSpaces(this).Classes;
        InceptionScore score = InceptionScore.Of(generated is ProbabilityRows rows ? rows.Value : ((RowsStatistic)generated).Value);
        MetricResult result = Result(context, space is null ? $"{Name}/expressions" : Name, score.Mean, space: space);
        return [result with { Deviation = score.StandardDeviation, Detector = space?.Name ?? "expressions" }];
    }
}
