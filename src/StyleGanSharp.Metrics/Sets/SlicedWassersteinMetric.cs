using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Wasserstein;
using StyleGanSharp.Networks.Latents;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// Sliced Wasserstein distances between patches, level by level. Source: Karras et al., "Progressive Growing of GANs for Improved
/// Quality, Stability, and Variation" (2018), section 5.
/// </summary>
/// <param name="count">Name of the number of images, e.g. <c>16k</c>.</param>
/// <param name="samples">The number.</param>
internal sealed class SlicedWassersteinMetric(string count, int samples) : IMetric
{
    public string Name { get; } = $"swd{count}";

    public string Description => "sliced Wasserstein distance between patches, x1000";

    public int ProtocolSamples => samples;

    public MetricNeeds Needs => MetricNeeds.Reals;

    public MetricDirection Better => MetricDirection.Lower;

    public void Require(MetricContext context)
    {
        RealImages reals = context.Reals ?? throw new MetricException($"{Name} compares with real images, and there are none.");
        reals.Require(context.Generator, Name);
        if (Math.Min(context.Generator.Width, context.Generator.Height) < LaplacianPyramid.DefaultSmallest)
        {
            throw new MetricException(
                $"{Name} needs images of at least {LaplacianPyramid.DefaultSmallest}x{LaplacianPyramid.DefaultSmallest}, and the "
                    + $"network makes {context.Generator.Width}x{context.Generator.Height}.");
        }
    }

    public IReadOnlyList<MetricResult> Measure(MetricContext context)
    {
        Require(context);

        // Both sets have as many images: those that there are of the real ones.
        DatasetView view = context.Reals!.Choose(context.SamplesOf(this), mirrored: false);
        int images = view.Count, done = 0;
        using var distance = new SlicedWasserstein(new NumpyRandom(context.Seed));
        RealImages.ForEach(view, batch =>
        {
            distance.AddReal(batch);
            Told("Real images", (int)batch.Size(0));
        }, context.Warn, context.Cancel);
        done = 0;
        new GeneratedImages(context).ForEach(images, batch =>
        {
            distance.AddGenerated(batch);
            Told("Generated images", (int)batch.Size(0));
        });
        SlicedWassersteinResult result = distance.Finish(cancel: context.Cancel);
        return [new MetricResult(Name, result.Average, null, images)
        {
            Reals = images,
            Psi = context.Psi,
            Details = [.. result.Levels.Select(l => new MetricDetail($"{l.Width}x{l.Height}", l.Distance))],
        }];

        void Told(string step, int count)
        {
            done += count;
            context.Progress?.Invoke(new MetricProgress(step, done, images));
        }
    }
}
