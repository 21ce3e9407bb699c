namespace StyleGanSharp.Networks.ProGan;

/// <summary>
/// Factors of the equalised learning rate: a layer multiplies its weights, which are stored with unit variance, with gain /
/// sqrt(inputs per output). The sqrt(2) of leaky layers stands here, not behind the activation as in StyleGAN2.
/// Source: Karras et al., "Progressive Growing of GANs" (2018), section 4.1.
/// </summary>
internal static class LayerGain
{
    /// <summary>Layers with an activation (He et al. 2015).</summary>
    public static double Active { get; } = Math.Sqrt(2);

    /// <summary>Layers without: colours, logits.</summary>
    public const double Linear = 1;

    /// <summary>The layer that makes 4x4 maps of the latent.</summary>
    public static double Input { get; } = Math.Sqrt(2) / 4;

    /// <summary>The factor of weights with so many inputs per output.</summary>
    public static double Scale(double gain, long inputs) => gain / Math.Sqrt(inputs);
}
