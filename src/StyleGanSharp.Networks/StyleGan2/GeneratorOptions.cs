using System.Collections.Immutable;
using System.Text.Json.Serialization;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>Architecture of a StyleGAN2 generator.</summary>
public sealed record GeneratorOptions : IGeneratorOptions
{
    /// <summary>Size of the latents z.</summary>
    public int ZDim { get; init; } = 512;

    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    public int CDim { get; init; }

    /// <summary>Size of the intermediate latents w.</summary>
    public int WDim { get; init; } = 512;

    /// <summary>
    /// Width and height of the images, a power of two of at least 4. Where <see cref="FirstWidth"/> or <see cref="FirstHeight"/>
    /// is given: what they would be if the images grew from 4x4.
    /// </summary>
    public required int Resolution { get; init; }

    /// <summary>Width of the constant that the images grow from; null: 4, as in all official networks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FirstWidth { get; init; }

    /// <summary>Height of the constant that the images grow from; null: 4, as in all official networks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FirstHeight { get; init; }

    /// <summary>Colour channels of the images.</summary>
    public int ImageChannels { get; init; } = 3;

    /// <summary>The mapping network.</summary>
    public MappingOptions Mapping { get; init; } = new();

    /// <summary>Feature maps times resolution, up to <see cref="ChannelMax"/>. 32768: configuration F.</summary>
    public int ChannelBase { get; init; } = 32768;

    /// <summary>Most feature maps of a block.</summary>
    public int ChannelMax { get; init; } = 512;

    /// <summary>How the blocks are connected.</summary>
    public Architecture Architecture { get; init; } = Architecture.Skip;

    /// <summary>Taps of the resampling filter.</summary>
    public ImmutableArray<double> ResampleFilter { get; init; } = FilterTaps.Default;

    /// <summary>
    /// Limit of the activations' magnitude; null: none. Keeps half precision in range and is part of the trained network.
    /// </summary>
    public double? ConvClamp { get; init; } = 256;

    /// <summary>Width of the kernels of the main convolutions.</summary>
    public int KernelSize { get; init; } = 3;

    /// <summary>Whether the layers have noise inputs.</summary>
    public bool UseNoise { get; init; } = true;

    /// <summary>Activation of the main convolutions.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu;

    /// <summary>How many of the highest resolutions the reference computes in half precision on a GPU. Recorded only.</summary>
    public int NumFp16Res { get; init; } = 4;

    /// <summary>Feature maps of the blocks.</summary>
    internal ChannelRule Channels => new(ChannelBase / 2.0, 1, ChannelMax);

    int IGeneratorOptions.MappingLayers => Mapping.NumLayers;

    /// <summary>Width of the block of a resolution.</summary>
    internal int WidthAt(int resolution) => resolution / 4 * (FirstWidth ?? 4);

    /// <summary>Height of the block of a resolution.</summary>
    internal int HeightAt(int resolution) => resolution / 4 * (FirstHeight ?? 4);
}
