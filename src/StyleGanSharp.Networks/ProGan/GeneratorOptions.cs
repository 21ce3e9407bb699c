using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Networks.Ops.Bias;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>Architecture of a ProGAN generator. Defaults: Karras et al. (2018), table 2 and section 4.</summary>
public sealed record GeneratorOptions : IGeneratorOptions
{
    /// <summary>Size of the latents z; null: the feature maps of the rule at resolution 2.</summary>
    public int? ZDim { get; init; }

    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    public int CDim { get; init; }

    /// <summary>Width and height of the images, a power of two of at least 4.</summary>
    public required int Resolution { get; init; }

    /// <summary>Colour channels of the images.</summary>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Feature maps.</summary>
    public ChannelRule Channels { get; init; } = new();

    /// <summary>Whether z and label together are scaled to unit mean square first.</summary>
    public bool NormalizeLatents { get; init; } = true;

    /// <summary>Whether the layers scale their weights when used (equalised learning rate).</summary>
    public bool UseWeightScale { get; init; } = true;

    /// <summary>Whether feature vectors are scaled to unit mean square after each activation.</summary>
    public bool UsePixelNorm { get; init; } = true;

    /// <summary>Keeps both scalings finite.</summary>
    public double PixelNormEpsilon { get; init; } = SecondMoment.Epsilon;

    /// <summary>Leaky or plain ReLU.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu;

    /// <summary>Size of the latents that is in force.</summary>
    internal int Latents => ZDim ?? Channels.At(2);

    int IGeneratorOptions.ZDim => Latents;

    int IGeneratorOptions.ChannelBase => Channels.ChannelBase;

    int IGeneratorOptions.ChannelMax => Channels.Max;

    int IGeneratorOptions.MappingLayers => 0;

    bool IGeneratorOptions.UseNoise => false;
}
