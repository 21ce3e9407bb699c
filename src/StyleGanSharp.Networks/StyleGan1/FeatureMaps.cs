using System.Numerics;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>Widths of the layers (Karras et al. 2018, appendix A; Karras et al. 2019, appendix C).</summary>
/// <param name="channelBase">Feature maps times resolution.</param>
/// <param name="decay">How fast the width falls with the resolution; 1: halved when it doubles.</param>
/// <param name="channelMax">Most feature maps.</param>
internal readonly struct FeatureMaps(int channelBase, double decay, int channelMax)
{
    /// <summary>min(channelBase / 2 / (resolution / 2) ^ decay, channelMax).</summary>
    internal int At(int resolution) => (int)Math.Min(
        channelBase / 2 / Math.Pow(2, (BitOperations.Log2((uint)resolution) - 1) * decay), channelMax);
}
