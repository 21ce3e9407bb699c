using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Training.Options;

/// <summary>The architecture of the networks that a run starts from; it is the run's, whatever the preset says.</summary>
/// <param name="Path">Where they come from.</param>
/// <param name="StyleGan2">The generator, where it is a StyleGAN2.</param>
/// <param name="StyleGan3">The generator, where it is a StyleGAN3.</param>
/// <param name="Discriminator">The discriminator; null: there is none.</param>
public sealed record StartingNetworks(
    string Path, GeneratorOptions? StyleGan2, Networks.StyleGan3.GeneratorOptions? StyleGan3, DiscriminatorOptions? Discriminator)
{
    /// <summary>Width of the pictures.</summary>
    public int Resolution => StyleGan2?.Resolution ?? StyleGan3!.Resolution;

    /// <summary>Colour channels of the pictures.</summary>
    public int Channels => StyleGan2?.ImageChannels ?? StyleGan3!.ImageChannels;

    /// <summary>Size of the label vectors.</summary>
    public int LabelSize => StyleGan2?.CDim ?? StyleGan3!.CDim;

    /// <summary>Feature maps times resolution.</summary>
    public int ChannelBase => StyleGan2?.ChannelBase ?? StyleGan3!.ChannelBase;

    /// <summary>Most feature maps.</summary>
    public int ChannelMax => StyleGan2?.ChannelMax ?? StyleGan3!.ChannelMax;

    /// <summary>Layers of the mapping network.</summary>
    public int MappingLayers => StyleGan2?.Mapping.NumLayers ?? StyleGan3!.Mapping.NumLayers;

    /// <summary>Size of z.</summary>
    public int LatentSize => StyleGan2?.ZDim ?? StyleGan3!.ZDim;

    /// <summary>What to call the generator.</summary>
    public string Kind => StyleGan2 is not null ? "StyleGAN2" : StyleGan3!.UseRadialFilters ? "StyleGAN3-R" : "StyleGAN3-T";
}
