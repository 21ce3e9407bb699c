using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Networks;

/// <summary>Architecture of a discriminator, whatever its family.</summary>
public interface IDiscriminatorOptions
{
    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    int CDim { get; }

    /// <summary>Width and height of the images.</summary>
    int Resolution { get; }

    /// <summary>Colour channels of the images.</summary>
    int ImageChannels { get; }

    /// <summary>
    /// Samples compared by the minibatch standard deviation, 1 where it is not computed; null: the whole batch.
    /// </summary>
    int? GroupSize { get; }

    /// <summary>Feature maps of the blocks.</summary>
    ChannelRule Channels { get; }
}
