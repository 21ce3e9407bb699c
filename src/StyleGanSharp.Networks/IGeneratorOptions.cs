namespace StyleGanSharp.Networks;

/// <summary>Architecture of a generator, whatever its family.</summary>
public interface IGeneratorOptions
{
    /// <summary>Size of the latents z.</summary>
    int ZDim { get; }

    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    int CDim { get; }

    /// <summary>Width and height of the images.</summary>
    int Resolution { get; }

    /// <summary>Colour channels of the images.</summary>
    int ImageChannels { get; }

    /// <summary>Feature maps times resolution, up to <see cref="ChannelMax"/>.</summary>
    int ChannelBase { get; }

    /// <summary>Most feature maps of a layer.</summary>
    int ChannelMax { get; }

    /// <summary>Layers of the mapping network; 0: there is none.</summary>
    int MappingLayers { get; }

    /// <summary>Whether the layers have noise inputs.</summary>
    bool UseNoise { get; }
}
