using System.CommandLine;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Options;

/// <summary><c>--noise-mode</c>, <c>--noise-levels</c> and <c>--noise-seed</c>.</summary>
internal sealed class NoiseOptions(string ownSeed) : IOptionGroup
{
    private readonly Option<string> mode = new("--noise-mode")
    {
        Description = "const, random or none.",
        HelpName = "MODE",
        DefaultValueFactory = _ => "const",
    };
    private readonly Option<string?> levels = new("--noise-levels")
    {
        Description = "Levels that receive noise, coarse,middle,fine, all or none: resolutions 4-8, 16-32, 64 and up, "
            + "unless the network's file "
            + "draws the lines elsewhere.",
        HelpName = "LIST",
    };
    private readonly Option<uint?> seed = new("--noise-seed")
    {
        Description = $"Seed of random noise; default: {ownSeed}.",
        HelpName = "N",
    };

    public IEnumerable<Option> All => [mode, levels, seed];

    /// <exception cref="RequestException">A mode or level does not exist.</exception>
    internal NoiseChoice Parse(ParseResult parsed) => new()
    {
        Mode = NoiseModes.Find(parsed.GetValue(mode)!)
            ?? throw new RequestException("noise.mode", parsed.GetValue(mode), "expected const, random or none"),
        Levels = parsed.GetValue(levels) is string text ? LevelValues.ParseSet(text, "noise.levels") : null,
        Seed = parsed.GetValue(seed),
    };
}
