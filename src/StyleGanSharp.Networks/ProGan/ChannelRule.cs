namespace StyleGanSharp.Networks.ProGan;

/// <summary>Feature maps of each resolution. Source: Karras et al. (2018), table 2.</summary>
/// <param name="Base">Feature maps times half the resolution, up to <paramref name="Max"/>.</param>
/// <param name="Decay">Power of the resolution by which they fall.</param>
/// <param name="Max">Most feature maps of a layer.</param>
public sealed record ChannelRule(double Base = 8192, double Decay = 1, int Max = 512)
{
    /// <summary>Feature maps at a resolution, a power of two; 2: size of the latents and of the last hidden layer.</summary>
    public int Channels(int resolution) => (int)Math.Min(Base / Math.Pow(resolution / 2.0, Decay), Max);
}
