using StyleGanSharp.Networks.Ops.Bias;

namespace StyleGanSharp.Networks.Layers;

/// <summary>
/// Gains of layers whose weights contain the sqrt(2) of their activation, in ProGAN and StyleGAN; in StyleGAN2 and later it
/// follows the activation. Source: Karras et al., "Progressive Growing of GANs" (2018), section 4.1.
/// </summary>
internal static class LayerGain
{
    /// <summary>Layers with an activation (He et al. 2015).</summary>
    public static double Active { get; } = Math.Sqrt(2);

    /// <summary>Layers without: colours, logits.</summary>
    public const double Linear = 1;

    /// <summary>The gain of layers with an activation.</summary>
    public static double Of(Activation activation) => activation == Activation.Linear ? Linear : Active;

    /// <summary>The layer that makes 4x4 maps of the latent (appendix A.1: to match the original implementation).</summary>
    public static double Input { get; } = Math.Sqrt(2) / 4;
}
