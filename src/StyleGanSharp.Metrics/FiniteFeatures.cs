using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics;

/// <summary>The check of every metric that compares features: a single NaN would spoil all of them.</summary>
internal static class FiniteFeatures
{
    /// <summary>Requires all values to be finite.</summary>
    /// <param name="sets">Features, floating point.</param>
    /// <exception cref="MetricException">They are not.</exception>
    internal static void Require(params ReadOnlySpan<Tensor> sets)
    {
        foreach (Tensor set in sets)
        {
            if (!set.AllFinite())
            {
                throw new MetricException(
                    "The features hold values that are not finite numbers, so nothing can be compared; "
                        + "check the snapshot and the detector.");
            }
        }
    }
}
