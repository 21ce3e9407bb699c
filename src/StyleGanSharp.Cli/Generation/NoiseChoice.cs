using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>Where a picture's noise comes from, and at which levels it is added.</summary>
internal sealed record NoiseChoice
{
    internal NoiseMode Mode { get; init; }

    internal HashSet<string>? Levels { get; init; }

    internal uint? Seed { get; init; }

    /// <exception cref="UserException">A mode or level does not exist, or a seed is given where nothing is drawn.</exception>
    internal static NoiseChoice Parse(string mode, string? levels, uint? seed)
    {
        NoiseMode parsed = mode.ToLowerInvariant() switch
        {
            "const" => NoiseMode.Const,
            "random" => NoiseMode.Random,
            "none" => NoiseMode.None,
            _ => throw new UserException($"--noise-mode '{mode}' is unknown; there are const, random, none."),
        };
        if (seed is not null && parsed != NoiseMode.Random)
        {
            throw new UserException($"--noise-seed {seed} has no effect with --noise-mode {mode}: only random noise is drawn.");
        }

        HashSet<string>? chosen = levels is null ? null : Options.Levels.ParseSet("--noise-levels", levels);
        if (parsed == NoiseMode.None && chosen?.Count > 0)
        {
            throw new UserException($"--noise-levels {levels} contradicts --noise-mode none: leave one of them out.");
        }

        return new NoiseChoice { Mode = parsed, Levels = chosen, Seed = seed };
    }

    /// <summary>The noise of one picture; draws nothing yet.</summary>
    /// <param name="number">The picture's own number.</param>
    /// <param name="draws">Disposed by the caller; null where nothing is drawn.</param>
    /// <param name="device">Where noise is drawn.</param>
    internal NoiseInput For(uint number, Device device, out RandomGenerator? draws)
    {
        draws = Mode == NoiseMode.Random ? new RandomGenerator(Seed ?? number, device) : null;
        NoiseInput noise = Mode switch
        {
            NoiseMode.Const => NoiseInput.Const,
            NoiseMode.None => NoiseInput.None,
            _ => NoiseInput.Random(draws!),
        };
        return Levels is null ? noise : noise.OnlyAt(resolution => Levels.Contains(Options.Levels.OfResolution(resolution)));
    }
}
