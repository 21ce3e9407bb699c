using System.Globalization;
using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.Videos;

/// <summary>
/// The classes that a video passes through: words of classes joined by commas (<c>0-4</c>, <c>A,Q</c>), and words that are one mixture
/// each (<c>A:0.5,Q:0.5</c>).
/// </summary>
internal static class ClassKeys
{
    private const string Option = "--classes";

    /// <summary>One text for each key frame; whether the network has such classes is not known yet.</summary>
    /// <exception cref="UserException">A range of numbers runs backwards or is too long.</exception>
    internal static string[] Parse(string[] words) =>
        [.. words.SelectMany(word => word.Contains(':', StringComparison.Ordinal) ? [word] : word.Split(',').SelectMany(part => Expand(part.Trim())))];

    private static string[] Expand(string part) =>
        part.Split('-') is [string first, string last] && IsNumber(first) && IsNumber(last)
            ? [.. SeedList.Parse(part, Option).Select(number => number.ToString(CultureInfo.InvariantCulture))]
            : [part];

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
