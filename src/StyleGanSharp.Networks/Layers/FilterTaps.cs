using System.Collections.Immutable;

namespace StyleGanSharp.Networks.Layers;

/// <summary>Low-pass filters of the family.</summary>
public static class FilterTaps
{
    /// <summary>The binomial filter of StyleGAN2 (Karras et al. 2020, appendix B).</summary>
    public static ImmutableArray<double> Default { get; } = [1, 3, 3, 1];
}
