using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Generation.Requests;

/// <summary>How strongly the styles of each layer are pulled towards their average: the truncation trick in W.</summary>
/// <remarks>Source: Karras et al., "A Style-Based Generator Architecture" (2019), appendix B.</remarks>
public sealed record TruncationChoice
{
    /// <summary>
    /// Strength for all layers that nothing else names. 1: none. 0: the average. Negative: the opposite side of it.
    /// </summary>
    public double Psi { get; init; } = 1;

    /// <summary>How many of the first layers are truncated; null: all.</summary>
    public int? Cutoff { get; init; }

    /// <summary>Strength by level: coarse, middle, fine.</summary>
    public IReadOnlyDictionary<string, double>? Levels { get; init; }

    /// <summary>Strengths by layer, as <c>0-3:0.5,4-:0.8</c> or as one for each layer from 0 on, <c>0.5,0.5,0.7</c>.</summary>
    public string? Layers { get; init; }

    /// <summary>Whether anything is truncated.</summary>
    internal bool Truncates => Psi != 1 || (Levels?.Values.Any(v => v != 1) ?? false)
        || (Layers is not null && LayerPsis.Parse(Layers, "truncation.layers").Values.Any(v => v != 1));

    internal IEnumerable<OptionProblem> Validate()
    {
        if (!double.IsFinite(Psi))
        {
            yield return new OptionProblem("truncation.psi", $"{Psi}", "expected a finite number");
        }

        if (Cutoff < 0)
        {
            yield return new OptionProblem("truncation.cutoff", $"{Cutoff}", "expected 0 or more");
        }

        foreach ((string level, double value) in Levels ?? new Dictionary<string, double>())
        {
            if (!LevelNames.All.Contains(level) || !double.IsFinite(value))
            {
                yield return new OptionProblem(
                    "truncation.levels", $"{level}={value}", $"expected finite numbers for {string.Join(", ", LevelNames.All)}");
            }
        }

        if (Layers is not null && (Cutoff is not null || Levels is { Count: > 0 }))
        {
            yield return new OptionProblem(
                "truncation.layers", Layers, "excludes levels and a cutoff: it sets the psi of every layer by itself");
        }

        if (Layers is not null && Problem(() => LayerPsis.Parse(Layers, "truncation.layers")) is { } problem)
        {
            yield return problem;
        }
    }

    private static OptionProblem? Problem(Action parse)
    {
        try
        {
            parse();
            return null;
        }
        catch (RequestException e)
        {
            return e.Problems[0];
        }
    }
}

/// <summary>Where an image's noise comes from, and at which levels it is added.</summary>
public sealed record NoiseChoice
{
    /// <summary>Stored with the network, drawn, or none.</summary>
    public NoiseMode Mode { get; init; } = NoiseMode.Const;

    /// <summary>Levels that receive noise; null: all.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>Seed of drawn noise; null: the image's own number.</summary>
    public uint? Seed { get; init; }

    internal IEnumerable<OptionProblem> Validate()
    {
        if (Seed is not null && Mode != NoiseMode.Random)
        {
            yield return new OptionProblem(
                "noise.seed", $"{Seed}", $"has no effect with the mode {NoiseModes.Name(Mode)}: only random noise is drawn");
        }

        string[] unknown = [.. (Levels ?? []).Except(LevelNames.All)];
        if (unknown.Length > 0)
        {
            yield return new OptionProblem("noise.levels", unknown[0], $"expected {string.Join(", ", LevelNames.All)}");
        }

        if (Mode == NoiseMode.None && Levels is { Count: > 0 })
        {
            yield return new OptionProblem(
                "noise.levels", string.Join(',', Levels), "contradicts the mode none: leave one of them out");
        }
    }
}
