using System.Text.Json;
using StyleGanSharp.Data.Options;

namespace StyleGanSharp.Projection;

/// <summary>
/// Settings of a projection. The defaults are those of the paper (Karras et al. 2020, appendix D) except for the number of steps
/// and the weight of the pixels, which docs/projection.md measures.
/// </summary>
public sealed record ProjectionOptions
{
    /// <summary>What is searched.</summary>
    public LatentSpace Space { get; init; } = LatentSpace.W;

    /// <summary>Steps, 1 to 100,000.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>Highest learning rate of Adam (0.9, 0.999), above 0.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Share of the steps in which the learning rate rises, in [0, 1].</summary>
    public double RampUp { get; init; } = 0.05;

    /// <summary>Share of the steps in which the learning rate falls, in [0, 1].</summary>
    public double RampDown { get; init; } = 0.25;

    /// <summary>Noise added to w at first, as a share of the spread of w, at least 0.</summary>
    public double LatentNoise { get; init; } = 0.05;

    /// <summary>Share of the steps after which that noise is gone, in [0, 1].</summary>
    public double LatentNoiseRamp { get; init; } = 0.75;

    /// <summary>Weight of the perceptual distance, at least 0. 0: no feature network is needed.</summary>
    public double PerceptualWeight { get; init; } = 1;

    /// <summary>
    /// Weight of the mean squared difference of pixels in [-1, 1], at least 0. For drawings, whose features say little, it does
    /// better than the perceptual distance.
    /// </summary>
    public double PixelWeight { get; init; } = 1;

    /// <summary>Weight of <see cref="NoiseRegularization"/>, at least 0.</summary>
    public double NoiseWeight { get; init; } = 1e5;

    /// <summary>What the noise inputs begin with.</summary>
    public StartNoise Noise { get; init; } = StartNoise.Random;

    /// <summary>Move the noise inputs as well as w. Without effect where the network or <see cref="Noise"/> has none.</summary>
    public bool OptimizeNoise { get; init; } = true;

    /// <summary>
    /// Share of the steps that compare images of half the size, in [0, 1]. Saves time in the feature network only.
    /// </summary>
    public double HalfResolution { get; init; }

    /// <summary>Starts for each target, 1 to 64; the best is kept. The first is the mean of w, the others are random.</summary>
    public int Starts { get; init; } = 1;

    /// <summary>
    /// Once the mean loss of this many steps is not better than that of as many before by <see cref="SettledImprovement"/>, the
    /// projection goes straight to its last part, in which the learning rate falls. 0: never.
    /// </summary>
    public int SettledWindow { get; init; }

    /// <summary>Relative improvement that counts as none, in [0, 1).</summary>
    public double SettledImprovement { get; init; } = 0.01;

    /// <summary>Seed of all draws.</summary>
    public uint Seed { get; init; }

    /// <summary>Latents that mean and spread of w are taken from, 2 to 1,000,000.</summary>
    public int StatisticsSamples { get; init; } = 10_000;

    /// <summary>Everything that is wrong with the settings; empty: nothing.</summary>
    public IReadOnlyList<OptionProblem> Validate() => [.. Problems()];

    private IEnumerable<OptionProblem> Problems()
    {
        foreach ((string property, double value, double least, double most) in Ranges())
        {
            if (!(value >= least && value <= most))
            {
                yield return new OptionProblem(Named(property), $"{value}", most == double.MaxValue
                    ? $"expected a number of at least {least}"
                    : $"expected a number from {least} to {most}");
            }
        }

        if (LearningRate == 0)
        {
            yield return new OptionProblem(Named(nameof(LearningRate)), "0", "expected a number above 0");
        }

        if (PerceptualWeight == 0 && PixelWeight == 0)
        {
            yield return new OptionProblem(Named(nameof(PixelWeight)), "0", "expected a weight above 0 for features or pixels");
        }
    }

    private static string Named(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    private IEnumerable<(string Property, double Value, double Least, double Most)> Ranges() =>
    [
        (nameof(Steps), Steps, 1, 100_000),
        (nameof(LearningRate), LearningRate, 0, double.MaxValue),
        (nameof(RampUp), RampUp, 0, 1),
        (nameof(RampDown), RampDown, 0, 1),
        (nameof(LatentNoise), LatentNoise, 0, double.MaxValue),
        (nameof(LatentNoiseRamp), LatentNoiseRamp, 0, 1),
        (nameof(PerceptualWeight), PerceptualWeight, 0, double.MaxValue),
        (nameof(PixelWeight), PixelWeight, 0, double.MaxValue),
        (nameof(NoiseWeight), NoiseWeight, 0, double.MaxValue),
        (nameof(HalfResolution), HalfResolution, 0, 1),
        (nameof(Starts), Starts, 1, 64),
        (nameof(SettledWindow), SettledWindow, 0, 100_000),
        (nameof(SettledImprovement), SettledImprovement, 0, 0.999),
        (nameof(StatisticsSamples), StatisticsSamples, 2, 1_000_000),
    ];
}
