using StyleGanSharp.Networks;

namespace StyleGanSharp.Training.Options;

/// <summary>The architecture of the networks that a run starts from; it is the run's, whatever the preset says.</summary>
/// <param name="Path">Where they come from.</param>
/// <param name="Family">Their family.</param>
/// <param name="Generator">The generator.</param>
/// <param name="Discriminator">The discriminator of the same family; null: there is none.</param>
public sealed record StartingNetworks(
    string Path, NetworkFamily Family, IGeneratorOptions Generator, IDiscriminatorOptions? Discriminator)
{
    /// <summary>Level of detail of growing networks; null: they do not grow.</summary>
    public double? Lod { get; init; }

    /// <summary>The resolution that growing networks have reached; null: they do not grow.</summary>
    public int? GrownTo => Lod is double lod ? Math.Max(Generator.Resolution >> (int)Math.Min(Math.Floor(lod), 16), 4) : null;

    /// <summary>
    /// Whether a run of larger square images can start from these networks: their blocks are the lower blocks of a larger
    /// network.
    /// </summary>
    internal bool CanEnlargeTo(int width, int height) => width == height && Family.Enlarge(Generator, width) is not null;

    /// <summary>The generator of a run at a resolution.</summary>
    internal IGeneratorOptions GeneratorAt(int resolution) => Family.Enlarge(Generator, resolution) ?? Generator;

    /// <summary>What to call the generator.</summary>
    public string Kind => Family.Title(Generator);

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
