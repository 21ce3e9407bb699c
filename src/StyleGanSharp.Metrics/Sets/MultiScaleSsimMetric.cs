using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Similarity;
using StyleGanSharp.Metrics.Statistics;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// MS-SSIM of random pairs of generated images: how alike they are. Source: Odena et al., "Conditional Image Synthesis with
/// Auxiliary Classifier GANs" (2017), section 4.2; Karras et al. (2018), section 6.1.
/// </summary>
/// <param name="count">Name of the number of images, e.g. <c>20k</c>.</param>
/// <param name="samples">The number, two for a pair.</param>
internal sealed class MultiScaleSsimMetric(string count, int samples) : ImageSetMetric($"msssim{count}", samples)
{
    public override string Description => "likeness of random pairs (MS-SSIM): low where images vary";

    public override MetricNeeds Needs => MetricNeeds.None;

    public override MetricDirection Better => MetricDirection.NearReals;

    public override void Require(MetricContext context)
    {
        base.Require(context);
        if (Math.Min(context.Generator.Width, context.Generator.Height) < MultiScaleSsim.SmallestSide)
        {
            throw new MetricException(
                $"{Name} needs images of at least {MultiScaleSsim.SmallestSide}x{MultiScaleSsim.SmallestSide}, and the network "
                    + $"makes {context.Generator.Width}x{context.Generator.Height}.");
        }
    }

    // Beside it, the number of the real images, where there are some.
    internal override DatasetView? RealsOf(MetricContext context) =>
        context.Reals?.Choose(context.SamplesOf(this), mirrored: false);

    internal override (string Name, Func<IImageStatistic> Create) Statistic(MetricContext context, int count, bool real) =>
        ("ssim", () => new PixelStatistic<List<double>>([], (values, images) =>
        {
            // Neighbors are as random as any: generated images follow their seeds, real ones the data set's order.
            int pairs = (int)images.Size(0) / 2;
            if (pairs > 0)
            {
                values.AddRange(MultiScaleSsim.Between(images.Slice(0, 0, pairs), images.Slice(0, pairs, 2 * pairs)));
            }
        }));

    internal override IReadOnlyList<MetricResult> Compute(
        MetricContext context, IImageStatistic generated, IImageStatistic? reals)
    {
        List<double> values = ((PixelStatistic<List<double>>)generated).Value;
        double mean = values.Average();
        return [Result(context, Name, mean) with
        {
            Deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean))),
            Details = reals is PixelStatistic<List<double>> { Value: { Count: > 0 } real }
                ? [new MetricDetail("reals_mean", real.Average())] : [],
        }];
    }
}
