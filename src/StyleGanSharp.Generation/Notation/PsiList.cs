using System.Globalization;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Notation;

/// <summary>
/// Values of psi: numbers and ranges joined by commas, <c>0,0.5,1</c> or <c>-1..1:5</c> (five values from -1 to 1).
/// </summary>
public static class PsiList
{
    private const int MaxCount = 1000;
    internal const string Example = "write for example 0.7, 0,0.5,1 or -1..1:5";

    /// <summary>Reads a list.</summary>
    /// <param name="text">The list.</param>
    /// <param name="property">What problems call it.</param>
    /// <exception cref="RequestException">A part is neither a finite number nor a range, or a value comes twice.</exception>
    public static double[] Parse(string text, string property)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new List<double>();
        foreach (string part in text.Split(',').Select(p => p.Trim()))
        {
            values.AddRange(part.Contains("..", StringComparison.Ordinal)
                ? Range(property, text, part) : [Numbers.Finite(property, text, part, Example)]);
            if (values.Count > MaxCount)
            {
                throw new RequestException(property, text, $"more than {MaxCount} values");
            }
        }

        string[] twice = [.. values.GroupBy(Name).Where(g => g.Count() > 1).Select(g => g.Key)];
        return twice.Length == 0 ? [.. values] : throw new RequestException(property, text, $"{twice[0]} is given twice");
    }

    /// <summary>A value as it stands in a file name.</summary>
    public static string Name(double psi) => psi.ToString("0.####", CultureInfo.InvariantCulture);

    private static IEnumerable<double> Range(string property, string text, string part)
    {
        string[] sides = part.Split(':');
        string[] ends = sides[0].Split("..");
        if (sides.Length != 2 || ends.Length != 2 || !Numbers.TryWhole(sides[1], out int count) || count is < 2 or > MaxCount)
        {
            throw new RequestException(
                property, text, $"'{part}' is not a range; write for example -1..1:5, five values from -1 to 1 (2 to {MaxCount})");
        }

        double first = Numbers.Finite(property, text, ends[0], Example), last = Numbers.Finite(property, text, ends[1], Example);
        return Enumerable.Range(0, count).Select(i => first + ((last - first) * i / (count - 1)));
    }
}
