using StyleGanSharp.Networks;

namespace StyleGanSharp.Training.Options;

/// <summary>
/// The configurations of the papers' ablations. Sources: Karras et al. (2019), table 1; Karras et al. (2020), table 1.
/// </summary>
internal static class Variants
{
    /// <summary>The preset as a configuration changes it.</summary>
    /// <param name="preset">Of the table.</param>
    /// <param name="letter">Which configuration; null: the last, which is the preset itself.</param>
    /// <exception cref="TrainingOptionsException">The preset has no such configuration.</exception>
    internal static Preset Apply(Preset preset, string? letter)
    {
        if (letter is null)
        {
            return preset;
        }

        if (preset.Variants.Length == 0)
        {
            throw Problems.Fault(
                Names.Variant, letter, $"{Names.Preset} {preset.Name} has no variants; stylegan1 and stylegan2 have some");
        }

        char variant = letter.Length == 1 ? char.ToLowerInvariant(letter[0]) : ' ';
        if (!preset.Variants.Contains(variant))
        {
            throw Problems.Fault(
                Names.Variant, letter,
                $"{Names.Preset} {preset.Name} has the variants {string.Join(", ", preset.Variants.Order())}");
        }

        preset = preset with { Configuration = variant };
        return preset.PrecedesStyleGan2 ? StyleGan1(preset, variant) : StyleGan2(preset, variant);
    }

    // A is ProGAN in StyleGAN's schedule; B to E are switches of the generator, see the family.
    private static Preset StyleGan1(Preset preset, char variant) => variant switch
    {
        'a' => preset with { Family = NetworkFamilies.ProGan, MappingLayers = 0, StyleMixing = 0 },
        'b' => preset with { MappingLayers = 0, StyleMixing = 0 },
        'c' or 'd' or 'e' => preset with { StyleMixing = 0 },
        _ => preset,
    };

    private static Preset StyleGan2(Preset preset, char variant)
    {
        Preset narrow = preset with { ChannelBase = 16384, Augmentation = "noaug" };
        Preset growing = narrow with
        {
            Family = NetworkFamilies.GrowingStyleGan2,
            Growth = GrowthPresets.StyleGan2,
            Batch = null
        };
        return variant switch
        {
            'b' => growing with { PathLengthWeight = 0, Lazy = false },
            'c' => growing with { PathLengthWeight = 0 },
            'd' => growing,
            'e' => narrow with { Gamma = 100 },
            _ => preset,
        };
    }
}
