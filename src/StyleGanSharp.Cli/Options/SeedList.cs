using System.Globalization;

namespace StyleGanSharp.Cli.Options;

/// <summary>Lists of seeds as the field writes them: numbers and ranges, e.g. <c>0,1,4-6</c>.</summary>
internal static class SeedList
{
    /// <summary>Most seeds in one list: a mistyped range must not fill the disk.</summary>
    internal const int MaxSeeds = 1_000_000;

    /// <summary>Reads a list.</summary>
    /// <param name="text">The list.</param>
    /// <param name="option">What messages call it.</param>
    /// <exception cref="UserException">The list is malformed; the message says which part and how to write it.</exception>
    internal static uint[] Parse(string text, string option = "--seeds")
    {
        var seeds = new List<uint>();
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !TryParse(ends[0], out uint first) || !TryParse(ends[^1], out uint last))
            {
                throw new UserException($"{option} '{text}': '{part.Trim()}' is no seed and no range; write for example 0,1,4-6 (seeds are 0 to {uint.MaxValue}).");
            }

            if (last < first)
            {
                throw new UserException($"{option} '{text}': the range {part.Trim()} runs backwards; write {last}-{first}.");
            }

            if (seeds.Count + ((long)last - first + 1) > MaxSeeds)
            {
                throw new UserException($"{option} '{text}': more than {MaxSeeds} seeds.");
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
