using System.Text.Json.Serialization;

namespace StyleGanSharp.Training.Options;

/// <summary>Augmentation of everything the discriminator sees.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Whether and how.</summary>
    public AugmentationMode Mode { get; init; } = AugmentationMode.Adaptive;

    /// <summary>Name of the pipeline: blit, geom, color, filter, noise, cutout, bg, bgc, bgcf, bgcfn or bgcfnc.</summary>
    public string Pipeline { get; init; } = "bgc";

    /// <summary>
    /// With <see cref="AugmentationMode.DiffAugment"/> its transforms: color, translation, cutout, separated by commas; else
    /// null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Policy { get; init; }

    /// <summary>Strength at the start, in [0, 1]; with <see cref="AugmentationMode.Fixed"/> the strength throughout.</summary>
    public double Strength { get; init; }

    /// <summary>What ADA aims at: the mean sign of the discriminator's output for real images, in (0, 1).</summary>
    public double Target { get; init; } = 0.6;

    /// <summary>The strength never exceeds this, in (0, 1].</summary>
    public double MaxStrength { get; init; } = 1;

    /// <summary>Iterations between two adjustments, at least 1.</summary>
    public int Interval { get; init; } = 4;

    /// <summary>Images after which the strength could have gone from 0 to 1, above 0.</summary>
    public double Images { get; init; } = 500_000;
}
