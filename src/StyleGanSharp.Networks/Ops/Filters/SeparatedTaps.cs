using System.Runtime.CompilerServices;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Filters;

/// <summary>The taps of filters as numbers, read once for each filter and each change of it.</summary>
internal static class SeparatedTaps
{
    private static readonly ConditionalWeakTable<Tensor, Entry> Known = [];

    /// <summary>The taps that act along each axis; null: the filter does not separate into two equal ones.</summary>
    /// <param name="filter">[T] or [Ty, Tx].</param>
    internal static float[]? Of(Tensor filter)
    {
        long version = filter.Version;
        if (Known.TryGetValue(filter, out Entry? entry) && entry.Version == version)
        {
            return entry.Taps;
        }

        using Tensor? separate = filter.Dim == 1 ? filter.Alias() : ResampleFilter.Separate(filter);
        float[]? taps = separate?.ToArray<float>();
        Known.AddOrUpdate(filter, new Entry(version, taps));
        return taps;
    }

    private sealed record Entry(long Version, float[]? Taps);
}
