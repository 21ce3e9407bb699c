using System.CommandLine;
using StyleGanSharp.Cli.Generation;

namespace StyleGanSharp.Cli.Options;

/// <summary><c>--noise-mode</c>, <c>--noise-levels</c> and <c>--noise-seed</c>.</summary>
internal sealed class NoiseOptions(string ownSeed) : IOptionGroup
{
    private readonly Option<string> mode = new("--noise-mode") { Description = "const, random or none.", HelpName = "MODE", DefaultValueFactory = _ => "const" };
    private readonly Option<string?> levels = new("--noise-levels") { Description = "Levels that receive noise (4-8, 16-32, 64 and up): coarse,middle,fine, all or none.", HelpName = "LIST" };
    private readonly Option<uint?> seed = new("--noise-seed") { Description = $"Seed of random noise; default: {ownSeed}.", HelpName = "N" };

    public IEnumerable<Option> All => [mode, levels, seed];

    /// <exception cref="UserException">A mode or level does not exist, or they contradict each other.</exception>
    internal NoiseChoice Parse(ParseResult parsed) => NoiseChoice.Parse(parsed.GetValue(mode)!, parsed.GetValue(levels), parsed.GetValue(seed));
}
