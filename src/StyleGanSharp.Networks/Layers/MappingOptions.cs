using StyleGanSharp.Networks.Ops.Bias;

namespace StyleGanSharp.Networks.Layers;

/// <summary>Options of a <see cref="MappingNetwork"/>.</summary>
public sealed record MappingOptions
{
    /// <summary>
    /// Number of fully connected layers, 0 in some StyleGAN configurations; 8 in StyleGAN and StyleGAN2, 2 in most ADA and all
    /// StyleGAN3 models.
    /// </summary>
    public int NumLayers { get; init; } = 8;

    /// <summary>How labels enter.</summary>
    public LabelInput LabelInput { get; init; } = LabelInput.Embedded;

    /// <summary>Size of the label embedding; null: that of w. Concatenated labels have the size of z.</summary>
    public int? EmbedFeatures { get; init; }

    /// <summary>Size of the inner layers; null: that of w.</summary>
    public int? LayerFeatures { get; init; }

    /// <summary>Activation of all layers.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu;

    /// <summary>Learning rate relative to the rest of the network (Karras et al. 2019, appendix C: 0.01).</summary>
    public double LrMultiplier { get; init; } = 0.01;

    /// <summary>Decay of the running average of w during training; null: no average, and so no truncation.</summary>
    public double? WAvgBeta { get; init; } = 0.998;

    /// <summary>Whether z, with concatenated labels, is normalised to unit mean square.</summary>
    internal bool NormalizeLatents { get; init; } = true;

    /// <summary>
    /// Whether the gain of the activation is part of the weights, as in StyleGAN, so that biases are not amplified.
    /// </summary>
    internal bool GainInWeights { get; init; }
}
