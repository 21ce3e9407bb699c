using System.CommandLine;
using StyleGanSharp.Cli.Generation;

namespace StyleGanSharp.Cli.Options;

/// <summary><c>--trunc</c>, <c>--trunc-cutoff</c> and <c>--trunc-levels</c>.</summary>
internal sealed class TruncationOptions : IOptionGroup
{
    private readonly Option<double> trunc = new("--trunc", "--truncation-psi") { Description = "Truncation psi; 1: none.", HelpName = "PSI", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> cutoff = new("--trunc-cutoff", "--truncation-cutoff") { Description = "Truncate only the first N layers.", HelpName = "N" };
    private readonly Option<string?> levels = new("--trunc-levels") { Description = "Psi by level (w 0-3, 4-7, 8 and up): coarse=0.7,middle=0.5,fine=1.", HelpName = "LIST" };

    public IEnumerable<Option> All => [trunc, cutoff, levels];

    /// <exception cref="UserException">A number is out of range, or a level does not exist.</exception>
    internal TruncationChoice Parse(ParseResult parsed)
    {
        (double psi, int? layers) = (parsed.GetValue(trunc), parsed.GetValue(cutoff));
        if (!double.IsFinite(psi))
        {
            throw new UserException($"--trunc {psi}: expected a finite number.");
        }

        if (layers < 0)
        {
            throw new UserException($"--trunc-cutoff {layers}: expected 0 or more.");
        }

        return new TruncationChoice
        {
            Psi = psi,
            Cutoff = layers,
            ByLevel = parsed.GetValue(levels) is string text ? Levels.ParseValues("--trunc-levels", text) : [],
        };
    }
}
