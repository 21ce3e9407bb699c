using System.Text.Json;
using StyleGanSharp.Data.Options;

namespace StyleGanSharp.Projection.Tuning;

/// <summary>
/// Settings of <see cref="PivotalTuning"/>. Source: Roich et al., "Pivotal Tuning for Latent-based Editing of Real Images"
/// (2021),
/// sections 3 and 4.
/// </summary>
public sealed record TuningOptions
{
    /// <summary>Most steps, 1 to 100,000.</summary>
    public int Steps { get; init; } = 350;

    /// <summary>Learning rate of Adam (0.9, 0.999), above 0.</summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Weight of the perceptual distance, at least 0. 0: no feature network is needed.</summary>
    public double PerceptualWeight { get; init; } = 1;

    /// <summary>Weight of the mean squared difference of pixels in [-1, 1], at least 0.</summary>
    public double PixelWeight { get; init; } = 1;

    /// <summary>
    /// Tuning ends once the weighted distance of every image is at most this, at least 0. 0: all steps are made.
    /// </summary>
    public double Threshold { get; init; } = 0.06;

    /// <summary>
    /// Weight of keeping neighbours of the pivots as they were (section 3.2), at least 0. The paper's is 0.1; 0: not at all.
    /// </summary>
    public double LocalityWeight { get; init; }

    /// <summary>Distance of these neighbours from the pivots, above 0.</summary>
    public double LocalityRadius { get; init; } = 30;

    /// <summary>
    /// Share of the energy of a tensor's change that is kept, above 0, at most 1. The default is measured in docs/projection.md.
    /// </summary>
    public double KeptEnergy { get; init; } = 0.9;

    /// <summary>Seed of the neighbours.</summary>
    public uint Seed { get; init; }

    /// <summary>Everything that is wrong with the settings; empty: nothing.</summary>
    public IReadOnlyList<OptionProblem> Validate() => [.. Problems()];

    private IEnumerable<OptionProblem> Problems()
    {
        (string Property, double Value, bool Valid, string Reason)[] checks =
        [
            (nameof(Steps), Steps, Steps is >= 1 and <= 100_000, "expected a number from 1 to 100000"),
            (nameof(LearningRate), LearningRate, LearningRate is > 0 and < double.PositiveInfinity, "expected a number above 0"),
            (nameof(PerceptualWeight), PerceptualWeight, PerceptualWeight is >= 0 and < double.PositiveInfinity,
                "expected a number of at least 0"),
            (nameof(PixelWeight), PixelWeight, PixelWeight is >= 0 and < double.PositiveInfinity
                && PixelWeight + PerceptualWeight > 0,
                "expected a number of at least 0, and above it without a perceptual weight"),
            (nameof(Threshold), Threshold, Threshold >= 0, "expected a number of at least 0"),
            (nameof(LocalityWeight), LocalityWeight, LocalityWeight is >= 0 and < double.PositiveInfinity,
                "expected a number of at least 0"),
            (nameof(LocalityRadius), LocalityRadius, LocalityRadius is > 0 and < double.PositiveInfinity,
                "expected a number above 0"),
            (nameof(KeptEnergy), KeptEnergy, KeptEnergy is > 0 and <= 1, "expected a number above 0, at most 1"),
        ];
        return checks.Where(c => !c.Valid)
            .Select(c => new OptionProblem(JsonNamingPolicy.CamelCase.ConvertName(c.Property), $"{c.Value}", c.Reason));
    }
}
