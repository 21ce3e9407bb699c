using System.Text.Json;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Augment;

namespace StyleGanSharp.Training.Tests.Augment;

/// <summary>Cases of the golden files of augmentation, found from their JSON.</summary>
internal static class AugmentCase
{
    /// <summary>Names of the cases of a file; none where it is missing.</summary>
    public static TheoryData<string> Names(string file) => [.. All(file).Select(c => c.GetProperty("case").GetString()!)];

    public static JsonElement Load(string file, string name) => All(file).Single(c => c.GetProperty("case").GetString() == name);

    /// <summary>The transforms and constants of a case.</summary>
    public static AugmentOptions Options(JsonElement parameters)
    {
        var options = new AugmentOptions();
        foreach (JsonElement transform in parameters.GetProperty("enabled").EnumerateArray())
        {
            options = With(options, transform.GetString()!, 1);
        }

        return parameters.EnumerateObject().Where(p => p.Name is not ("case" or "enabled" or "p" or "draw_order")).Aggregate(
            options, With);
    }

    /// <summary>Options with one more transform or constant.</summary>
    public static AugmentOptions With(AugmentOptions options, JsonProperty property) => property.Name == "imgfilter_bands"
        ? options with { ImageFilterBands = [.. property.Value.EnumerateArray().Select(v => v.GetDouble())] }
        : With(options, property.Name, property.Value.GetDouble());

    private static IReadOnlyList<JsonElement> All(string file) => GoldenFolder.List($"{file}.json", "cases");

    private static AugmentOptions With(AugmentOptions o, string name, double value) => name switch
    {
        "xflip" => o with { XFlip = value },
        "rotate90" => o with { Rotate90 = value },
        "xint" => o with { XInt = value },
        "scale" => o with { Scale = value },
        "rotate" => o with { Rotate = value },
        "aniso" => o with { Aniso = value },
        "xfrac" => o with { XFrac = value },
        "brightness" => o with { Brightness = value },
        "contrast" => o with { Contrast = value },
        "lumaflip" => o with { LumaFlip = value },
        "hue" => o with { Hue = value },
        "saturation" => o with { Saturation = value },
        "imgfilter" => o with { ImageFilter = value },
        "noise" => o with { Noise = value },
        "cutout" => o with { Cutout = value },
        "xint_max" => o with { XIntMax = value },
        "scale_std" => o with { ScaleStd = value },
        "rotate_max" => o with { RotateMax = value },
        "aniso_std" => o with { AnisoStd = value },
        "xfrac_std" => o with { XFracStd = value },
        "brightness_std" => o with { BrightnessStd = value },
        "contrast_std" => o with { ContrastStd = value },
        "hue_max" => o with { HueMax = value },
        "saturation_std" => o with { SaturationStd = value },
        "imgfilter_std" => o with { ImageFilterStd = value },
        "noise_std" => o with { NoiseStd = value },
        "cutout_size" => o with { CutoutSize = value },
        _ => throw new NotSupportedException($"unknown transform or constant {name}"),
    };
}
