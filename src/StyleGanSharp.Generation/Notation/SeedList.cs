using System.Globalization;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Notation;

/// <summary>Lists of seeds as the field writes them: numbers and ranges, e.g. <c>0,1,4-6</c>.</summary>
public static class SeedList
{
    /// <summary>Most seeds in one list: a mistyped range must not fill the disk.</summary>
    public const int MaxSeeds = 1_000_000;

    /// <summary>Reads a list.</summary>
    /// <param name="text">The list.</param>
    /// <param name="property">What problems call it.</param>
    /// <exception cref="RequestException">The list is malformed; the reason says which part and how to write it.</exception>
    public static uint[] Parse(string text, string property)
    {
        ArgumentNullException.ThrowIfNull(text);
        var seeds = new List<uint>();
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !TryParse(ends[0], out uint first) || !TryParse(ends[^1], out uint last))
            {
                throw new RequestException(
                    property, text, $"'{part.Trim()}' is neither a seed nor a range; "
                        + $"write for example 0,1,4-6 (seeds are 0 to {uint.MaxValue})");
            }

            if (last < first)
            {
                throw new RequestException(property, text, $"the range {part.Trim()} runs backwards; write {last}-{first}");
            }

            if (seeds.Count + ((long)last - first + 1) > MaxSeeds)
            {
                throw new RequestException(property, text, $"more than {MaxSeeds} seeds");
            }

            for (long seed = first; seed <= last; seed++)
            {
                seeds.Add((uint)seed);
            }
        }

        return [.. seeds];
    }

    private static bool TryParse(string text, out uint seed) =>
        uint.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out seed);
}
