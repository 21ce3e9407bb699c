using System.Collections.Immutable;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>Architecture of a StyleGAN discriminator.</summary>
public sealed record DiscriminatorOptions : IDiscriminatorOptions
{
    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    public int CDim { get; init; }

    /// <summary>Width and height of the images, a power of two of at least 8.</summary>
    public required int Resolution { get; init; }

    /// <summary>Colour channels of the images.</summary>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Feature maps times resolution, up to <see cref="ChannelMax"/>.</summary>
    public int ChannelBase { get; init; } = 16384;

    /// <summary>How fast the feature maps become fewer with the resolution.</summary>
    public double ChannelDecay { get; init; } = 1;

    /// <summary>Most feature maps of a layer.</summary>
    public int ChannelMax { get; init; } = 512;

    /// <summary>Activation of all layers.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu;

    /// <summary>Samples compared by the minibatch standard deviation; 0 or 1: none is computed.</summary>
    public int MbStdGroupSize { get; init; } = 4;

    /// <summary>Channels of the minibatch standard deviation.</summary>
    public int MbStdNumChannels { get; init; } = 1;

    /// <summary>Taps of the low-pass filter before downsampling; empty: none.</summary>
    public ImmutableArray<double> BlurFilter { get; init; } = [1, 2, 1];

    /// <summary>Whether there are layers that read colours at every resolution, so that the network can grow.</summary>
    public bool CanGrow { get; init; } = true;

    /// <summary>Feature maps at a resolution.</summary>
    internal ChannelRule Channels => new(ChannelBase / 2, ChannelDecay, ChannelMax);

    int? IDiscriminatorOptions.GroupSize => Math.Max(MbStdGroupSize, 1);

    ChannelRule IDiscriminatorOptions.Channels => Channels;
}
