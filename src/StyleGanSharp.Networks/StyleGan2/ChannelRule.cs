using System.Numerics;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>Widths and resolutions of the blocks.</summary>
internal static class ChannelRule
{
    /// <summary>Feature maps at a resolution: min(channelBase / resolution, channelMax).</summary>
    internal static int Channels(int resolution, int channelBase, int channelMax) => Math.Min(channelBase / resolution, channelMax);

    /// <summary>4, 8, ... resolution.</summary>
    internal static int[] Resolutions(int resolution)
    {
        if (resolution < 4 || !BitOperations.IsPow2(resolution))
        {
            throw new ArgumentException($"The resolution must be a power of two of at least 4, not {resolution}.", nameof(resolution));
        }

        return [.. Enumerable.Range(2, BitOperations.Log2((uint)resolution) - 1).Select(i => 1 << i)];
    }
}
