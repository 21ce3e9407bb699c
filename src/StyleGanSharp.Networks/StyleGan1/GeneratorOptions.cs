using System.Collections.Immutable;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>
/// Architecture of a StyleGAN generator. The switches build the configurations of Karras et al. (2019), table 1: C and above have
/// styles, D and above a constant input, E and above noise; A and B have none of them, but pixel norm.
/// </summary>
public sealed record GeneratorOptions : IGeneratorOptions
{
    /// <summary>Size of the latents z.</summary>
    public int ZDim { get; init; } = 512;

    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    public int CDim { get; init; }

    /// <summary>Size of the intermediate latents w.</summary>
    public int WDim { get; init; } = 512;

    /// <summary>Width and height of the images, a power of two of at least 4.</summary>
    public required int Resolution { get; init; }

    /// <summary>Colour channels of the images.</summary>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Layers of the mapping network; 0: w is the normalised z (with its label).</summary>
    public int MappingLayers { get; init; } = 8;

    /// <summary>Size of the inner layers of the mapping network.</summary>
    public int MappingFeatures { get; init; } = 512;

    /// <summary>Learning rate of the mapping network relative to the rest (Karras et al. 2019, appendix C).</summary>
    public double MappingLrMultiplier { get; init; } = 0.01;

    /// <summary>Normalise z, with its label, to unit mean square.</summary>
    public bool NormalizeLatents { get; init; } = true;

    /// <summary>Decay of the running average of w during training; null: no average, and so no truncation.</summary>
    public double? WAvgBeta { get; init; } = 0.995;

    /// <summary>Feature maps times resolution, up to <see cref="ChannelMax"/>.</summary>
    public int ChannelBase { get; init; } = 16384;

    /// <summary>How fast the feature maps become fewer with the resolution.</summary>
    public double ChannelDecay { get; init; } = 1;

    /// <summary>Most feature maps of a layer.</summary>
    public int ChannelMax { get; init; } = 512;

    /// <summary>Activation of all layers.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu;

    /// <summary>Scale and shift the features by w after every layer.</summary>
    public bool UseStyles { get; init; } = true;

    /// <summary>
    /// Start from a learned constant; otherwise from a fully connected layer that reads w ("traditional input").
    /// </summary>
    public bool ConstInput { get; init; } = true;

    /// <summary>Add noise after every convolution.</summary>
    public bool UseNoise { get; init; } = true;

    /// <summary>Normalise the feature vector of every pixel after the activation.</summary>
    public bool UsePixelNorm { get; init; }

    /// <summary>Normalise every feature map after the activation.</summary>
    public bool UseInstanceNorm { get; init; } = true;

    /// <summary>Taps of the low-pass filter after upsampling; empty: none.</summary>
    public ImmutableArray<double> BlurFilter { get; init; } = [1, 2, 1];

    /// <summary>
    /// Whether there are colours at every resolution, so that the network can grow; otherwise only at the highest.
    /// </summary>
    public bool CanGrow { get; init; } = true;

    /// <summary>Feature maps at a resolution.</summary>
    internal ChannelRule Channels => new(ChannelBase / 2, ChannelDecay, ChannelMax);

    /// <summary>The mapping network.</summary>
    internal MappingOptions Mapping => new()
    {
        NumLayers = MappingLayers,
        LabelInput = LabelInput.Concatenated,
        LayerFeatures = MappingFeatures,
        Activation = Activation,
        LrMultiplier = MappingLrMultiplier,
        WAvgBeta = WAvgBeta,
        NormalizeLatents = NormalizeLatents,
        GainInWeights = true,
    };
}
