using StyleGanSharp.Metrics.Kernel;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;
using StyleGanSharp.Networks.Latents;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// The kernel distance of generated and real images: KID in the space of a detector of the field. Source: Bińkowski et al.,
/// "Demystifying MMD GANs" (2018), section 4.
/// </summary>
/// <param name="count">Name of the number of images, e.g. <c>50k</c>.</param>
/// <param name="samples">The number.</param>
/// <param name="full">Whether all real images are used.</param>
internal sealed class KernelMetric(string count, int samples, bool full)
    : ComparisonMetric($"kid{count}", samples, full, MostReals)
{
    // Subsets have a thousand: more real images than these change nothing.
    private const int MostReals = 1_000_000;

    public override string Description => "kernel distance to the real images (KID)";

    public override MetricNeeds Needs => MetricNeeds.Reals | MetricNeeds.Features;

    public override MetricDirection Better => MetricDirection.Lower;

    internal override (string Name, Func<IImageStatistic> Create) Statistic(MetricContext context, int count, bool real) =>
        FeatureRows.Of(context.RequireSpaces(this).Features, count);

    internal override IReadOnlyList<MetricResult> Compute(
        MetricContext context, IImageStatistic generated, IImageStatistic? reals)
    {
        FeatureSpace space = context.RequireSpaces(this).Features;
        KernelDistance distance = KernelDistance.Between(
            ((RowsStatistic)reals!).Value, ((RowsStatistic)generated).Value, new NumpyRandom(context.Seed),
            cancel: context.Cancel);
        return [Result(context, space.NameOf(Name, "kid", "kernel"), distance.Mean, space: space) with
        {
            Deviation = distance.StandardDeviation,
        }];
    }
}
