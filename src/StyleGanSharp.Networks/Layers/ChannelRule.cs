using System.Numerics;

namespace StyleGanSharp.Networks.Layers;

/// <summary>
/// Feature maps of each resolution: min(Base / (resolution / 2) ^ Decay, Max). Source: Karras et al. (2018), table 2 and appendix
/// A; StyleGAN and later count ChannelBase = 2 · Base and have a decay of 1.
/// </summary>
/// <param name="Base">Feature maps times half the resolution, up to <paramref name="Max"/>.</param>
/// <param name="Decay">Power of the resolution by which they fall.</param>
/// <param name="Max">Most feature maps of a layer.</param>
public sealed record ChannelRule(double Base = 8192, double Decay = 1, int Max = 512)
{
    /// <summary>Feature maps times resolution, as StyleGAN and later count them.</summary>
    internal int ChannelBase => (int)Math.Min(2 * Base, int.MaxValue);

    /// <summary>Feature maps at a resolution, a power of two; 2: those of the last hidden layer of a discriminator.</summary>
    public int At(int resolution) => (int)Math.Min(Base / Math.Pow(resolution / 2.0, Decay), Max);

    /// <summary>4, 8, ... resolution.</summary>
    /// <exception cref="ArgumentException">The resolution is not a power of two of at least 4.</exception>
    internal static int[] Resolutions(int resolution)
    {
        if (resolution < 4 || !BitOperations.IsPow2(resolution))
        {
            throw new ArgumentException(
                $"The resolution must be a power of two of at least 4, not {resolution}.", nameof(resolution));
        }

        return [.. Enumerable.Range(2, BitOperations.Log2((uint)resolution) - 1).Select(i => 1 << i)];
    }
}
