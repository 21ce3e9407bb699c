using System.Globalization;

namespace StyleGanSharp.Generation.Notation;

/// <summary>
/// The classes that a video passes through: words of classes joined by commas (<c>0-4</c>, <c>A,Q</c>), and words that are one
/// mixture each (<c>A:0.5,Q:0.5</c>).
/// </summary>
public static class ClassKeys
{
    /// <summary>One text for each key frame; whether the network has such classes is not known yet.</summary>
    /// <exception cref="Requests.RequestException">A range of numbers runs backwards or is too long.</exception>
    public static string[] Parse(IEnumerable<string> words, string property) =>
        [.. words.SelectMany(word => word.Contains(':', StringComparison.Ordinal)
            ? [word]
            : word.Split(',').SelectMany(part => Expand(part.Trim(), property)))];

    private static string[] Expand(string part, string property) =>
        part.Split('-') is [string first, string last] && IsNumber(first) && IsNumber(last)
            ? [.. SeedList.Parse(part, property).Select(number => number.ToString(CultureInfo.InvariantCulture))]
            : [part];

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
