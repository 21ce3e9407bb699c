using StyleGanSharp.Metrics.Frechet;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// The Fréchet distance of generated and real images: FID in the space of a detector of the field, in another space an unnamed
/// distance. Source: Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium" (2017),
/// section 3.
/// </summary>
/// <param name="count">Name of the number of images, e.g. <c>50k</c>.</param>
/// <param name="samples">The number.</param>
/// <param name="full">Whether all real images are used.</param>
internal sealed class FrechetMetric(string count, int samples, bool full)
    : ComparisonMetric($"fid{count}", samples, full)
{
    public override string Description => "Fréchet distance to the real images (FID)";

    public override MetricNeeds Needs => MetricNeeds.Reals | MetricNeeds.Features;

    public override MetricDirection Better => MetricDirection.Lower;

    internal override (string Name, Func<IImageStatistic> Create) Statistic(MetricContext context, int count, bool real)
    {
        FeatureSpace space = context.RequireSpaces(this).Features;
        return ($"moments;{space.Key}", () => new MomentsStatistic(space));
    }

    internal override IReadOnlyList<MetricResult> Compute(
        MetricContext context, IImageStatistic generated, IImageStatistic? reals)
    {
        FeatureSpace space = context.RequireSpaces(this).Features;
        double distance = FrechetDistance.Between(((MomentsStatistic)reals!).Value, ((MomentsStatistic)generated).Value);
        return [Result(context, space.NameOf(Name, "fid", "frechet"), distance, space: space)];
    }
}
