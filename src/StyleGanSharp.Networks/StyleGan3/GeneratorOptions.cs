using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Networks.StyleGan3;

/// <summary>
/// Architecture of a StyleGAN3 generator; the defaults are configuration T. Source: Karras et al., "Alias-Free Generative
/// Adversarial Networks" (2021), section 3 and appendix D.
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

    /// <summary>The mapping network.</summary>
    public MappingOptions Mapping { get; init; } = new() { NumLayers = 2 };

    /// <summary>Feature maps times twice the layer's cutoff, up to <see cref="ChannelMax"/>. T: 32768, R: 65536.</summary>
    public int ChannelBase { get; init; } = 32768;

    /// <summary>Most feature maps of a layer. T: 512, R: 1024.</summary>
    public int ChannelMax { get; init; } = 512;

    /// <summary>Number of layers, the Fourier features and ToRGB not counted.</summary>
    public int NumLayers { get; init; } = 14;

    /// <summary>How many of the last layers are critically sampled: their cutoff is half the sampling rate.</summary>
    public int NumCritical { get; init; } = 2;

    /// <summary>Cutoff of the first layer, in periods per image.</summary>
    public double FirstCutoff { get; init; } = 2;

    /// <summary>Frequency from which the first layer suppresses everything.</summary>
    public double FirstStopband { get; init; } = Math.Pow(2, 2.1);

    /// <summary>The same of the last layer, relative to its cutoff.</summary>
    public double LastStopbandRel { get; init; } = Math.Pow(2, 0.3);

    /// <summary>Samples around the image that the layers compute so that its border has neighbours.</summary>
    public int MarginSize { get; init; } = 10;

    /// <summary>Factor of the finished image.</summary>
    public double OutputScale { get; init; } = 0.25;

    /// <summary>Width of the kernels. T: 3, R: 1.</summary>
    public int KernelSize { get; init; } = 3;

    /// <summary>Taps of the low-pass filters per resampling factor.</summary>
    public int FilterSize { get; init; } = 6;

    /// <summary>How much higher than the layer's own the sampling rate at the activations is.</summary>
    public int LreluUpsampling { get; init; } = 2;

    /// <summary>
    /// Whether downsampling filters are rotationally symmetric, except in critically sampled layers. T: no, R: yes.
    /// </summary>
    public bool UseRadialFilters { get; init; }

    /// <summary>Limit of the activations' magnitude; null: none.</summary>
    public double? ConvClamp { get; init; } = 256;

    /// <summary>Decay of the running averages of the layers' input magnitude during training.</summary>
    public double MagnitudeEmaBeta { get; init; } = 0.999;

    /// <summary>
    /// How many of the highest sampling rates the reference computes in half precision on a GPU. Recorded only.
    /// </summary>
    public int NumFp16Res { get; init; } = 4;

    int IGeneratorOptions.MappingLayers => Mapping.NumLayers;

    bool IGeneratorOptions.UseNoise => false;
}
