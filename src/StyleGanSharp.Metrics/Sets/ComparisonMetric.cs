using StyleGanSharp.Metrics.Samples;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// A metric that compares generated with real images under one of the field's two protocols: with all real images (<c>_full</c>),
/// none of them mirrored; or with as many as there are generated ones, and their mirror images where the generator was trained on
/// them.
/// </summary>
/// <param name="name">The field's name without <c>_full</c>.</param>
/// <param name="samples">Generated images.</param>
/// <param name="full">Whether all real images are used.</param>
/// <param name="mostReals">Real images of the full protocol at most; null: all.</param>
internal abstract class ComparisonMetric(string name, int samples, bool full, int? mostReals = null)
    : ImageSetMetric(full ? $"{name}_full" : name, samples)
{
    internal sealed override DatasetView? RealsOf(MetricContext context) => full
        ? context.Reals?.Choose(mostReals, mirrored: false)
        : context.Reals?.Choose(context.SamplesOf(this), context.Reals.Mirrored);
}
