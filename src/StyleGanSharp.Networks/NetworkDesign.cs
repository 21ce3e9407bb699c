using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Networks;

/// <summary>What a training run asks of its networks, whatever their family.</summary>
public sealed record NetworkDesign
{
    /// <summary>Width and height of the images, a power of two of at least 8.</summary>
    public required int Resolution { get; init; }

    /// <summary>Colour channels of the images.</summary>
    public required int ImageChannels { get; init; }

    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    public required int CDim { get; init; }

    /// <summary>Size of z and w; of w see <see cref="StyleSize"/>.</summary>
    public required int LatentSize { get; init; }

    /// <summary>
    /// Layers of the mapping network; 0: w is the normalised z (Karras et al. 2019, table 4: "style-based, 0 mapping layers").
    /// </summary>
    public required int MappingLayers { get; init; }

    /// <summary>Feature maps times resolution.</summary>
    public required int ChannelBase { get; init; }

    /// <summary>Most feature maps.</summary>
    public required int ChannelMax { get; init; }

    /// <summary>Images of an iteration.</summary>
    public required int Batch { get; init; }

    /// <summary>Samples compared by the minibatch standard deviation.</summary>
    public required int GroupSize { get; init; }

    /// <summary>How the discriminator's blocks are connected, where the family lets one choose.</summary>
    public Architecture DiscriminatorArchitecture { get; init; } = Architecture.Resnet;

    /// <summary>How many layers of the discriminator are frozen, where the family can.</summary>
    public int FreezeLayers { get; init; }

    /// <summary>Configuration of the family's paper, a lower-case letter; null: the one that the paper recommends.</summary>
    public char? Configuration { get; init; }

    /// <summary>
    /// Size of w: that of the latents; without mapping layers twice that where there are labels, because w is then z and the
    /// embedded label side by side.
    /// </summary>
    internal int StyleSize => MappingLayers == 0 && CDim > 0 ? 2 * LatentSize : LatentSize;
}
