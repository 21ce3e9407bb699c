using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using StyleGanSharp.Generation.Notation;

namespace StyleGanSharp.Cli.Options;

/// <summary>
/// Numbers on the command line: the same in every country, with a decimal point and without thousands separators. 6,6 is refused
/// with the number that was meant, never read as 66.
/// </summary>
internal static class NumberOptions
{
    /// <summary>Makes every option of a number read it this way.</summary>
    internal static void Apply(Command command)
    {
        foreach (Option option in command.Options)
        {
            switch (option)
            {
                case Option<double> real: real.CustomParser = result => Real(result) ?? 0; break;
                case Option<double?> real: real.CustomParser = Real; break;
                case Option<int> whole: whole.CustomParser = result => Whole<int>(result) ?? 0; break;
                case Option<int?> whole: whole.CustomParser = Whole<int>; break;
                case Option<uint> whole: whole.CustomParser = result => Whole<uint>(result) ?? 0; break;
                case Option<uint?> whole: whole.CustomParser = Whole<uint>; break;
                default: break;
            }
        }

        foreach (Command verb in command.Subcommands)
        {
            Apply(verb);
        }
    }

    private static double? Real(ArgumentResult result)
    {
        if (result.Tokens.Count == 0)
        {
            return null;
        }

        string text = result.Tokens[0].Value;
        if (NumberTexts.TryReal(text, out double value))
        {
            return value;
        }

        result.AddError(NumberTexts.Suggestion(text, isWhole: false) is string meant
            ? $"{Name(result)} {text}: numbers have a decimal point and no other separator; write {meant}"
            : $"{Name(result)} {text}: expected a number");
        return null;
    }

    private static T? Whole<T>(ArgumentResult result)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (result.Tokens.Count == 0)
        {
            return null;
        }

        string text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value))
        {
            return value;
        }

        string expected = T.IsZero(T.MinValue) ? $"a whole number from 0 to {T.MaxValue}" : "a whole number";
        result.AddError(NumberTexts.Suggestion(text, isWhole: true) is string meant
            ? $"{Name(result)} {text}: expected {expected} without separators; write {meant}"
            : $"{Name(result)} {text}: expected {expected}");
        return null;
    }

    private static string Name(ArgumentResult result) =>
        result.Parent is OptionResult option ? option.IdentifierToken?.Value ?? option.Option.Name : result.Argument.Name;
}
