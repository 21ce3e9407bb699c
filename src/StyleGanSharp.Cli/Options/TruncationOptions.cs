using System.CommandLine;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Options;

/// <summary><c>--trunc</c>, <c>--trunc-cutoff</c>, <c>--trunc-levels</c> and <c>--trunc-layers</c>.</summary>
/// <param name="sweeps">Whether the verb makes the same images with several values of psi.</param>
internal sealed class TruncationOptions(bool sweeps = false) : IOptionGroup
{
    private readonly Option<string> trunc = new("--trunc", "--truncation-psi")
    {
        Description = sweeps
            ? "Truncation psi; 1: none. Several (0,0.5,1 or -1..1:5) are a sweep: "
                + "grid.png has a row for each seed, a column for each psi." : "Truncation psi; 1: none.",
        HelpName = "PSI",
        DefaultValueFactory = _ => "1",
    };

    private readonly Option<int?> cutoff = new("--trunc-cutoff", "--truncation-cutoff")
    {
        Description = "Truncate only the first N layers.",
        HelpName = "N",
    };
    private readonly Option<string?> levels = new("--trunc-levels")
    {
        Description = "Psi by level, coarse=0.7,middle=0.5,fine=1: w 0-3, 4-7, 8 and up, "
            + "unless the network's file draws the lines elsewhere.",
        HelpName = "LIST",
    };
    private readonly Option<string?> layers = new("--trunc-layers")
    {
        Description = "Psi by layer (w index): 0-3:0.5,4-:0.8, or one for each from 0 on: 0.5,0.5,0.7.",
        HelpName = "LIST"
    };

    public IEnumerable<Option> All => [trunc, cutoff, levels, layers];

    /// <summary>The values of psi, one unless the verb sweeps.</summary>
    /// <exception cref="RequestException">A value is malformed, or there are several for a verb that does not sweep.</exception>
    internal double[] Psis(ParseResult parsed)
    {
        string text = parsed.GetValue(trunc)!;
        double[] psis = PsiList.Parse(text, "truncation.psi");
        string meant = NumberTexts.IsLikelyOne(text) ? $", such as {text.Replace(',', '.')}" : "";
        return sweeps || psis.Length == 1
            ? psis
            : throw new RequestException("truncation.psi", text, $"only generate takes several values; give one{meant}");
    }

    /// <summary>What the user is told of a list that may be one number with a decimal comma; null: nothing.</summary>
    internal string? Notice(ParseResult parsed)
    {
        string text = parsed.GetValue(trunc)!;
        return sweeps && NumberTexts.IsLikelyOne(text)
            ? $"--trunc {text} is a list of two values; for one with a decimal point write {text.Replace(',', '.')}."
            : null;
    }

    /// <exception cref="RequestException">A number or level is malformed.</exception>
    internal TruncationChoice Parse(ParseResult parsed) => new()
    {
        Psi = Psis(parsed)[0],
        Cutoff = parsed.GetValue(cutoff),
        Levels = parsed.GetValue(levels) is string byLevel ? LevelValues.Parse(byLevel, "truncation.levels") : null,
        Layers = parsed.GetValue(layers),
    };
}
