using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// A metric of a set of generated images, mostly in comparison with real ones. Several of them share one pass over the images
/// (<see cref="MetricRunner"/>).
/// </summary>
public abstract class ImageSetMetric : IMetric
{
    // Only the classes of this library know what a statistic is.
    private protected ImageSetMetric(string name, int samples) => (Name, ProtocolSamples) = (name, samples);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public int ProtocolSamples { get; }

    /// <inheritdoc/>
    public abstract MetricNeeds Needs { get; }

    /// <inheritdoc/>
    public abstract MetricDirection Better { get; }

    /// <summary>Images without which there is nothing to compute.</summary>
    private protected virtual int FewestSamples => 2;

    /// <inheritdoc/>
    public virtual void Require(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.SamplesOf(this) < FewestSamples)
        {
            throw new MetricException(
                $"{Name} needs at least {FewestSamples} images, and {context.SamplesOf(this)} were asked for.");
        }

        if (!Needs.HasFlag(MetricNeeds.Reals))
        {
            return;
        }

        RealImages reals = context.Reals ?? throw new MetricException($"{Name} compares with real images, and there are none.");
        reals.Require(context.Generator, Name);
        if (RealsOf(context) is { Count: var count } && count < FewestSamples)
        {
            throw new MetricException($"{Name} needs at least {FewestSamples} real images, and the data set has {count}.");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<MetricResult> Measure(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Require(context);
        using ImageSetPass pass = ImageSetPass.Run([this], context);
        return pass.Results(this);
    }

    /// <summary>The real images of the protocol.</summary>
    internal abstract DatasetView? RealsOf(MetricContext context);

    /// <summary>What must be kept of a set of images. Statistics with equal names are the same one.</summary>
    /// <param name="context">The measurement.</param>
    /// <param name="count">Images of the set.</param>
    /// <param name="real">Whether they are the real ones.</param>
    internal abstract (string Name, Func<IImageStatistic> Create) Statistic(MetricContext context, int count, bool real);

    /// <summary>The numbers.</summary>
    /// <param name="context">The measurement.</param>
    /// <param name="generated">Of the generated images.</param>
    /// <param name="reals">Of the real images; null: the metric needs none.</param>
    internal abstract IReadOnlyList<MetricResult> Compute(
        MetricContext context, IImageStatistic generated, IImageStatistic? reals);

    /// <summary>A result of this metric.</summary>
    private protected MetricResult Result(
        MetricContext context, string name, double value, string? unit = null, FeatureSpace? space = null) =>
        new(name, value, unit, context.SamplesOf(this))
        {
            Detector = space?.Name,
            ResizeFilter = space?.Extractor.ResizeFilter,
            Reals = RealsOf(context)?.Count,
            Psi = context.Psi,
        };
}
