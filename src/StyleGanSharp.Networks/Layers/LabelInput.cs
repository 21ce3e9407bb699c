namespace StyleGanSharp.Networks.Layers;

/// <summary>How labels enter a <see cref="MappingNetwork"/>.</summary>
public enum LabelInput
{
    /// <summary>
    /// Embedded by a fully connected layer, normalised by themselves and set beside the normalised z (StyleGAN2-ADA and later).
    /// </summary>
    Embedded,

    /// <summary>Projected to the size of z, set beside z and normalised with it (StyleGAN, StyleGAN2 in TensorFlow).</summary>
    Concatenated,
}
