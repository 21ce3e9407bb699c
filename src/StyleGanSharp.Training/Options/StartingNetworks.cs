using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Training.Options;

/// <summary>The architecture of the networks that a run starts from; it is the run's, whatever the preset says.</summary>
/// <param name="Path">Where they come from.</param>
/// <param name="StyleGan2">The generator, where it is a StyleGAN2; exactly one of the four is there.</param>
/// <param name="StyleGan3">The generator, where it is a StyleGAN3.</param>
/// <param name="Discriminator">The discriminator of one of these; null: there is none.</param>
public sealed record StartingNetworks(
    string Path, GeneratorOptions? StyleGan2, Networks.StyleGan3.GeneratorOptions? StyleGan3, DiscriminatorOptions? Discriminator)
{
    /// <summary>The generator, where it is a ProGAN.</summary>
    public Networks.ProGan.GeneratorOptions? ProGan { get; init; }

    /// <summary>The discriminator of a ProGAN; null: there is none.</summary>
    public Networks.ProGan.DiscriminatorOptions? ProGanDiscriminator { get; init; }

    /// <summary>The generator, where it is a StyleGAN.</summary>
    public Networks.StyleGan1.GeneratorOptions? StyleGan1 { get; init; }

    /// <summary>The discriminator of a StyleGAN; null: there is none.</summary>
    public Networks.StyleGan1.DiscriminatorOptions? StyleGan1Discriminator { get; init; }

    /// <summary>Level of detail of growing networks; null: they do not grow.</summary>
    public double? Lod { get; init; }

    /// <summary>Whether a discriminator of the generator's family is there.</summary>
    public bool HasDiscriminator => Discriminator is not null || ProGanDiscriminator is not null || StyleGan1Discriminator is not null;

    /// <summary>The resolution that growing networks have reached; null: they do not grow.</summary>
    public int? GrownTo => Lod is double lod ? Math.Max(Resolution >> (int)Math.Min(Math.Floor(lod), 16), 4) : null;

    /// <summary>Width of the pictures.</summary>
    public int Resolution => StyleGan2?.Resolution ?? StyleGan3?.Resolution ?? ProGan?.Resolution ?? StyleGan1!.Resolution;

    /// <summary>Colour channels of the pictures.</summary>
    public int Channels => StyleGan2?.ImageChannels ?? StyleGan3?.ImageChannels ?? ProGan?.ImageChannels ?? StyleGan1!.ImageChannels;

    /// <summary>Size of the label vectors.</summary>
    public int LabelSize => StyleGan2?.CDim ?? StyleGan3?.CDim ?? ProGan?.CDim ?? StyleGan1!.CDim;

    /// <summary>Feature maps times resolution.</summary>
    public int ChannelBase => StyleGan2?.ChannelBase ?? StyleGan3?.ChannelBase ?? StyleGan1?.ChannelBase ?? (int)(2 * ProGan!.Channels.Base);

    /// <summary>Most feature maps.</summary>
    public int ChannelMax => StyleGan2?.ChannelMax ?? StyleGan3?.ChannelMax ?? StyleGan1?.ChannelMax ?? ProGan!.Channels.Max;

    /// <summary>Layers of the mapping network.</summary>
    public int MappingLayers => StyleGan2?.Mapping.NumLayers ?? StyleGan3?.Mapping.NumLayers ?? StyleGan1?.MappingLayers ?? 0;

    /// <summary>Size of z.</summary>
    public int LatentSize => StyleGan2?.ZDim ?? StyleGan3?.ZDim ?? StyleGan1?.ZDim ?? ProGan!.ZDim ?? ProGan.Channels.Channels(2);

    /// <summary>
    /// Whether a run of larger square images can start from these networks: a StyleGAN2 with output skips, whose blocks are the lower
    /// blocks of the larger network.
    /// </summary>
    internal bool CanEnlargeTo(int width, int height) =>
        width == height && width > Resolution && Lod is null
        && StyleGan2 is { Architecture: Architecture.Skip, FirstWidth: null, FirstHeight: null };

    /// <summary>The generator of a run at a resolution.</summary>
    internal GeneratorOptions? StyleGan2At(int resolution) => StyleGan2 is { } two && CanEnlargeTo(resolution, resolution)
        ? two with { Resolution = resolution }
        : StyleGan2;

    /// <summary>The discriminator of a run at a resolution.</summary>
    internal DiscriminatorOptions? DiscriminatorAt(int resolution) => Discriminator is { } own && CanEnlargeTo(resolution, resolution)
        ? own with { Resolution = resolution }
        : Discriminator;

    /// <summary>What to call the generator.</summary>
    public string Kind => StyleGan2 is not null ? (Lod is null ? "StyleGAN2" : "growing StyleGAN2")
        : StyleGan3 is { } three ? (three.UseRadialFilters ? "StyleGAN3-R" : "StyleGAN3-T")
        : StyleGan1 is not null ? "StyleGAN" : "ProGAN";

    /// <summary>The presets that go on with such a generator, for the user.</summary>
    public string Presets => Kind switch
    {
        "StyleGAN2" => "auto or another preset of StyleGAN2",
        "growing StyleGAN2" => "stylegan2 with variant b, c or d",
        "StyleGAN" => "stylegan1",
        "ProGAN" => "progan",
        string other => other.ToLowerInvariant(),
    };
}
