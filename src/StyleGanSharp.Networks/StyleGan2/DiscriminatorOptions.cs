using System.Collections.Immutable;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>Architecture of a StyleGAN2 discriminator; StyleGAN3 uses the same.</summary>
public sealed record DiscriminatorOptions : IDiscriminatorOptions
{
    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    public int CDim { get; init; }

    /// <summary>Width and height of the images, a power of two of at least 8.</summary>
    public required int Resolution { get; init; }

    /// <summary>Colour channels of the images.</summary>
    public int ImageChannels { get; init; } = 3;

    /// <summary>How the blocks are connected.</summary>
    public Architecture Architecture { get; init; } = Architecture.Resnet;

    /// <summary>Feature maps times resolution, up to <see cref="ChannelMax"/>.</summary>
    public int ChannelBase { get; init; } = 32768;

    /// <summary>Most feature maps of a block.</summary>
    public int ChannelMax { get; init; } = 512;

    /// <summary>Limit of the activations' magnitude; null: none.</summary>
    public double? ConvClamp { get; init; } = 256;

    /// <summary>How labels are taken into account.</summary>
    public LabelOutput LabelOutput { get; init; } = LabelOutput.Projected;

    /// <summary>Size of the projected label; null: the feature maps at 4x4. Without labels it is 0.</summary>
    public int? CMapDim { get; init; }

    /// <summary>Taps of the resampling filter.</summary>
    public ImmutableArray<double> ResampleFilter { get; init; } = FilterTaps.Default;

    /// <summary>Activation of all layers.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu;

    /// <summary>How many layers, counted from the image, are frozen (Mo et al., "Freeze the Discriminator", 2020).</summary>
    public int FreezeLayers { get; init; }

    /// <summary>Samples compared by the minibatch standard deviation; null: the whole batch.</summary>
    public int? MbStdGroupSize { get; init; } = 4;

    /// <summary>Channels of the minibatch standard deviation; 0: none.</summary>
    public int MbStdNumChannels { get; init; } = 1;

    /// <summary>The network that maps labels.</summary>
    public MappingOptions Mapping { get; init; } = new() { WAvgBeta = null };

    /// <summary>How many of the highest resolutions the reference computes in half precision on a GPU. Recorded only.</summary>
    public int NumFp16Res { get; init; } = 4;

    int? IDiscriminatorOptions.GroupSize => MbStdGroupSize;

    ChannelRule IDiscriminatorOptions.Channels => Channels;

    /// <summary>Feature maps of the blocks.</summary>
    internal ChannelRule Channels => new(ChannelBase / 2.0, 1, ChannelMax);
}
