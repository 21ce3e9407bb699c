using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.NoiseEffects;

/// <summary>What <c>stylegan noise</c> was asked for.</summary>
internal sealed record NoiseEffectOptions
{
    internal const int MaxSamples = 1_000_000;

    internal required PictureOptions Pictures { get; init; }

    internal uint Seed { get; init; }

    /// <summary>Pictures with fresh noise that the standard deviation is taken over.</summary>
    internal int Samples { get; init; } = 100;

    /// <summary>Seed of the first sample's noise; each further one has the next seed.</summary>
    internal uint NoiseSeed { get; init; }

    /// <summary>How many of the samples are shown.</summary>
    internal GridSize Grid { get; init; } = new(4, 4);

    internal string OutDir { get; init; } = "out";

    /// <exception cref="UserException">A number is out of range.</exception>
    internal void Validate()
    {
        if (Samples is < 2 or > MaxSamples)
        {
            throw new UserException($"--samples {Samples}: expected 2 to {MaxSamples}; a deviation needs two.");
        }

        if (Grid.Places > Samples)
        {
            throw new UserException($"--grid {Grid.Columns}x{Grid.Rows} shows {Grid.Places} samples, but --samples makes {Samples}.");
        }
    }
}
