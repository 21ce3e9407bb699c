using System.CommandLine;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Networks;

namespace StyleGanSharp.Cli.Commands;

/// <summary>Options that several verbs of <c>bench</c> have.</summary>
internal static class BenchOption
{
    private const double MaxSeconds = 3600;

    /// <summary><c>--json</c>.</summary>
    internal static Option<bool> Json() => new("--json") { Description = "Print one JSON object." };

    /// <summary><c>--precision</c>.</summary>
    internal static Option<string?> Precision() => new("--precision")
    {
        Description = "Only float32, or only fast (16 bits); default: float32, and fast where the processor or the GPU "
            + "has instructions for it.",
        HelpName = "NAME",
    };

    /// <summary>Its value; null: it was not given.</summary>
    /// <exception cref="UserException">The name is unknown.</exception>
    internal static Precision? Precision(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is string name ? PrecisionNames.Parse(name) : null;

    /// <summary><c>--seconds</c>.</summary>
    internal static Option<double> Seconds(double standard) =>
        new("--seconds") { Description = "Longest measurement per row.", HelpName = "S", DefaultValueFactory = _ => standard };

    /// <summary>Its value.</summary>
    /// <exception cref="UserException">It cannot be.</exception>
    internal static double Seconds(ParseResult parsed, Option<double> option) =>
        parsed.GetValue(option) is > 0 and <= MaxSeconds and double seconds
        ? seconds
        : throw new UserException($"--seconds {parsed.GetValue(option)}: expected more than 0 and at most {MaxSeconds}.");

    /// <summary>The value of an option that counts something.</summary>
    /// <exception cref="UserException">It is below 1 or too large.</exception>
    internal static int Count(ParseResult parsed, Option<int> option, int most) =>
        parsed.GetValue(option) is int count && count >= 1 && count <= most
        ? count
        : throw new UserException($"{option.Name} {parsed.GetValue(option)}: expected 1 to {most}.");
}
