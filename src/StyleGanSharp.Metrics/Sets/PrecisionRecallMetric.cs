using StyleGanSharp.Metrics.Manifold;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// Improved precision and recall. Source: Kynkäänniemi et al., "Improved Precision and Recall Metric for Assessing Generative
/// Models" (2019), section 2. Features are rounded to half precision first, as in the field's numbers.
/// </summary>
/// <param name="count">Name of the number of images, e.g. <c>50k</c>.</param>
/// <param name="samples">The number.</param>
/// <param name="full">Whether all real images are used, up to 200,000.</param>
internal sealed class PrecisionRecallMetric(string count, int samples, bool full)
    : ComparisonMetric($"pr{count}3", samples, full, MostReals)
{
    private const int MostReals = 200_000;

    public override string Description => "precision (realism) and recall (variety), by 3 nearest neighbors";

    public override MetricNeeds Needs => MetricNeeds.Reals | MetricNeeds.Manifold;

    public override MetricDirection Better => MetricDirection.Higher;

    private protected override int FewestSamples => PrecisionRecall.DefaultNeighbors + 1;

    internal override (string Name, Func<IImageStatistic> Create) Statistic(MetricContext context, int count, bool real) =>
        FeatureRows.Of(context.RequireSpaces(this).Manifold, count);

    internal override IReadOnlyList<MetricResult> Compute(
        MetricContext context, IImageStatistic generated, IImageStatistic? reals)
    {
        FeatureSpace space = context.RequireSpaces(this).Manifold;
        PrecisionRecall both = PrecisionRecall.Between(Halves(reals!), Halves(generated), cancel: context.Cancel);
        return
        [
            Result(context, space.NameOf($"{Name}_precision"), both.Precision, space: space),
            Result(context, space.NameOf($"{Name}_recall"), both.Recall, space: space),
        ];
    }

    private static Tensor Halves(IImageStatistic rows) =>
        ((RowsStatistic)rows).Value.To(DType.Float16).To(DType.Float32);
}
