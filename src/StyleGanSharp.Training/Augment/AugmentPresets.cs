namespace StyleGanSharp.Training.Augment;

/// <summary>
/// The named selections of transforms. Source: Karras et al., "Training Generative Adversarial Networks with Limited Data"
/// (2020), figure 4; every selection adds one group of transforms to the one before.
/// </summary>
public static class AugmentPresets
{
    private static readonly Dictionary<string, Func<AugmentOptions, AugmentOptions>[]> Presets = new()
    {
        ["blit"] = [Blit],
        ["geom"] = [Geometry],
        ["color"] = [Colour],
        ["filter"] = [Filter],
        ["noise"] = [Noise],
        ["cutout"] = [Cutout],
        ["bg"] = [Blit, Geometry],
        ["bgc"] = [Blit, Geometry, Colour],
        ["bgcf"] = [Blit, Geometry, Colour, Filter],
        ["bgcfn"] = [Blit, Geometry, Colour, Filter, Noise],
        ["bgcfnc"] = [Blit, Geometry, Colour, Filter, Noise, Cutout],
    };

    /// <summary>The names, single groups first.</summary>
    public static IReadOnlyCollection<string> Names => Presets.Keys;

    /// <summary>The transforms of a name, all with multiplier 1.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static AugmentOptions Parse(string name) =>
        Presets.TryGetValue(name, out Func<AugmentOptions, AugmentOptions>[]? groups)
        ? groups.Aggregate(new AugmentOptions(), (options, group) => group(options))
        : throw new ArgumentException(
            $"There is no augmentation '{name}'; choose one of {string.Join(", ", Names)}.", nameof(name));

    private static AugmentOptions Blit(AugmentOptions options) => options with { XFlip = 1, Rotate90 = 1, XInt = 1 };

    private static AugmentOptions Geometry(AugmentOptions options) =>
        options with { Scale = 1, Rotate = 1, Aniso = 1, XFrac = 1 };

    private static AugmentOptions Colour(AugmentOptions options) =>
        options with { Brightness = 1, Contrast = 1, LumaFlip = 1, Hue = 1, Saturation = 1 };

    private static AugmentOptions Filter(AugmentOptions options) => options with { ImageFilter = 1 };

    private static AugmentOptions Noise(AugmentOptions options) => options with { Noise = 1 };

    private static AugmentOptions Cutout(AugmentOptions options) => options with { Cutout = 1 };
}
