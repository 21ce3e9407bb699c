using System.CommandLine;
using StyleGanSharp.Cli.Generation;

namespace StyleGanSharp.Cli.Options;

/// <summary><c>--trunc</c>, <c>--trunc-cutoff</c>, <c>--trunc-levels</c> and <c>--trunc-layers</c>.</summary>
/// <param name="sweeps">Whether the verb makes the same pictures with several values of psi.</param>
internal sealed class TruncationOptions(bool sweeps = false) : IOptionGroup
{
    private const string Trunc = "--trunc";

    private readonly Option<string> trunc = new(Trunc, "--truncation-psi")
    {
        Description = sweeps ? "Truncation psi; 1: none. Several (0,0.5,1 or -1..1:5) are a sweep: grid.png has a row for each seed, a column for each psi." : "Truncation psi; 1: none.",
        HelpName = "PSI",
        DefaultValueFactory = _ => "1",
    };

    private readonly Option<int?> cutoff = new("--trunc-cutoff", "--truncation-cutoff") { Description = "Truncate only the first N layers.", HelpName = "N" };
    private readonly Option<string?> levels = new("--trunc-levels") { Description = "Psi by level (w 0-3, 4-7, 8 and up): coarse=0.7,middle=0.5,fine=1.", HelpName = "LIST" };
    private readonly Option<string?> layers = new(LayerPsis.Option) { Description = "Psi by layer (w index): 0-3:0.5,4-:0.8, or one for each from 0 on: 0.5,0.5,0.7.", HelpName = "LIST" };

    public IEnumerable<Option> All => [trunc, cutoff, levels, layers];

    /// <summary>The values of psi, one unless the verb sweeps.</summary>
    /// <exception cref="UserException">A value is none, or there are several for a verb that does not sweep.</exception>
    internal double[] Psis(ParseResult parsed)
    {
        string text = parsed.GetValue(trunc)!;
        double[] psis = PsiList.Parse(Trunc, text);
        string meant = NumberTexts.IsLikelyOne(text) ? $", such as {text.Replace(',', '.')}" : "";
        return sweeps || psis.Length == 1 ? psis : throw new UserException($"{Trunc} '{text}': only generate takes several values; give one{meant}.");
    }

    /// <summary>What the user is told of a list that may be one number with a decimal comma; null: nothing.</summary>
    internal string? Notice(ParseResult parsed)
    {
        string text = parsed.GetValue(trunc)!;
        return sweeps && NumberTexts.IsLikelyOne(text)
            ? $"{Trunc} {text} is a list of two values; for one with a decimal point write {text.Replace(',', '.')}." : null;
    }

    /// <exception cref="UserException">A number is out of range, a level does not exist, or options contradict each other.</exception>
    internal TruncationChoice Parse(ParseResult parsed)
    {
        int? first = parsed.GetValue(cutoff);
        if (first < 0)
        {
            throw new UserException($"--trunc-cutoff {first}: expected 0 or more.");
        }

        string? byLevel = parsed.GetValue(levels), byLayer = parsed.GetValue(layers);
        if (byLayer is not null && (first is not null || byLevel is not null))
        {
            throw new UserException($"{LayerPsis.Option} excludes --trunc-levels and --trunc-cutoff: it says the psi of every layer by itself.");
        }

        return new TruncationChoice
        {
            Psi = Psis(parsed)[0],
            Cutoff = first,
            ByLevel = byLevel is null ? [] : Levels.ParseValues("--trunc-levels", byLevel),
            ByLayer = byLayer is null ? LayerPsis.None : LayerPsis.Parse(byLayer),
        };
    }
}
