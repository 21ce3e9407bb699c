using System.Globalization;

namespace StyleGanSharp.Cli.Options;

/// <summary>Values of psi: numbers and ranges joined by commas, <c>0,0.5,1</c> or <c>-1..1:5</c> (five values from -1 to 1).</summary>
internal static class PsiList
{
    private const int MaxCount = 1000;
    private const string Example = "write for example 0.7, 0,0.5,1 or -1..1:5";

    /// <exception cref="UserException">A part is no finite number and no range, or a value comes twice.</exception>
    internal static double[] Parse(string option, string text)
    {
        var values = new List<double>();
        foreach (string part in text.Split(',').Select(p => p.Trim()))
        {
            values.AddRange(part.Contains("..", StringComparison.Ordinal) ? Range(option, text, part) : [Number(option, text, part)]);
            if (values.Count > MaxCount)
            {
                throw new UserException($"{option} '{text}': more than {MaxCount} values.");
            }
        }

        string[] twice = [.. values.GroupBy(Name).Where(g => g.Count() > 1).Select(g => g.Key)];
        return twice.Length == 0 ? [.. values] : throw new UserException($"{option} '{text}': {twice[0]} comes twice.");
    }

    /// <summary>A finite number.</summary>
    /// <exception cref="UserException">It is none.</exception>
    internal static double Number(string option, string text, string part) =>
        !double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? throw new UserException($"{option} '{text}': '{part}' is no number; {Example}{NumberTexts.ListHint(text)}.")
        : double.IsFinite(value) ? value
        : throw new UserException($"{option} '{text}': expected finite numbers.");

    /// <summary>A value as it stands in a file name.</summary>
    internal static string Name(double psi) => psi.ToString("0.####", CultureInfo.InvariantCulture);

    private static IEnumerable<double> Range(string option, string text, string part)
    {
        string[] sides = part.Split(':');
        string[] ends = sides[0].Split("..");
        if (sides.Length != 2 || ends.Length != 2 || !int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 2 or > MaxCount)
        {
            throw new UserException($"{option} '{text}': '{part}' is no range; write for example -1..1:5, five values from -1 to 1 (2 to {MaxCount}).");
        }

        (double first, double last) = (Number(option, text, ends[0]), Number(option, text, ends[1]));
        return Enumerable.Range(0, count).Select(i => first + ((last - first) * i / (count - 1)));
    }
}
