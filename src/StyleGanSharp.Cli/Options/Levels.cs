using System.Globalization;

namespace StyleGanSharp.Cli.Options;

/// <summary>
/// Coarse, middle and fine. For latents they are w indices 0-3, 4-7, 8 and up (the field's rule); for noise they are resolutions
/// 4-8, 16-32, 64 and up.
/// </summary>
internal static class Levels
{
    internal const string Coarse = "coarse";
    internal const string Middle = "middle";
    internal const string Fine = "fine";

    private static readonly string[] Names = [Coarse, Middle, Fine];

    /// <summary>The level of a w index.</summary>
    internal static string OfLatent(int index) => index < 4 ? Coarse : index < 8 ? Middle : Fine;

    /// <summary>The level of a resolution.</summary>
    internal static string OfResolution(int resolution) => resolution <= 8 ? Coarse : resolution <= 32 ? Middle : Fine;

    /// <summary>Reads a set of levels: <c>coarse,fine</c>, or <c>all</c>, or <c>none</c>.</summary>
    internal static HashSet<string> ParseSet(string option, string text) => text.ToLowerInvariant() switch
    {
        "all" => [.. Names],
        "none" => [],
        _ => [.. text.Split(',').Select(part => Known(option, text, part.Trim()))],
    };

    /// <summary>Reads one number per level: <c>coarse=0.7,fine=1</c>. Levels that are not named are absent.</summary>
    internal static Dictionary<string, double> ParseValues(string option, string text)
    {
        var values = new Dictionary<string, double>();
        foreach (string part in text.Split(','))
        {
            string[] sides = part.Split('=');
            if (sides.Length != 2 || !double.TryParse(sides[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            {
                throw new UserException($"{option} '{text}': '{part.Trim()}' is no level with a number; write for example coarse=0.7,middle=0.5,fine=1{NumberTexts.ListHint(text)}.");
            }

            if (!values.TryAdd(Known(option, text, sides[0].Trim()), value))
            {
                throw new UserException($"{option} '{text}': {sides[0].Trim()} is given twice.");
            }
        }

        return values;
    }

    private static string Known(string option, string text, string name) => Names.Contains(name.ToLowerInvariant())
        ? name.ToLowerInvariant()
        : throw new UserException($"{option} '{text}': '{name}' is no level; there are {string.Join(", ", Names)}.");
}
