namespace StyleGanSharp.Training.Options;

/// <summary>The generators that presets can ask for.</summary>
public enum GeneratorKind
{
    /// <summary>StyleGAN2, skip architecture.</summary>
    StyleGan2,

    /// <summary>StyleGAN3, equivariant to translation.</summary>
    StyleGan3T,

    /// <summary>StyleGAN3, equivariant to translation and rotation.</summary>
    StyleGan3R,

    /// <summary>ProGAN.</summary>
    ProGan,

    /// <summary>StyleGAN, the first.</summary>
    StyleGan1,
}
