using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Notation;

/// <summary>Sets of levels, <c>coarse,fine</c>, and values by level, <c>coarse=0.7,fine=1</c>.</summary>
public static class LevelValues
{
    private const string Example = "write for example coarse=0.7,middle=0.5,fine=1";

    /// <summary>Reads a set of levels: names joined by commas, or <c>all</c>, or <c>none</c>.</summary>
    /// <exception cref="RequestException">A name is unknown.</exception>
    public static string[] ParseSet(string text, string property) =>
        (text ?? throw new ArgumentNullException(nameof(text))).ToLowerInvariant() switch
        {
            "all" => [.. LevelNames.All],
            "none" => [],
            _ => [.. text.Split(',').Select(part => Known(property, text, part.Trim())).Distinct()],
        };

    /// <summary>Reads one number for each level; levels that are not named are absent.</summary>
    /// <exception cref="RequestException">A part is malformed, or a level is given twice.</exception>
    public static Dictionary<string, double> Parse(string text, string property)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new Dictionary<string, double>();
        foreach (string part in text.Split(','))
        {
            string[] sides = part.Split('=');
            if (sides.Length != 2)
            {
                throw new RequestException(
                    property, text, $"'{part.Trim()}' is not a level with a number; {Example}{NumberTexts.ListHint(text)}");
            }

            double value = Numbers.Finite(property, text, sides[1].Trim(), Example);
            if (!values.TryAdd(Known(property, text, sides[0].Trim()), value))
            {
                throw new RequestException(property, text, $"{sides[0].Trim()} is given twice");
            }
        }

        return values;
    }

    private static string Known(string property, string text, string name) => LevelNames.All.Contains(name.ToLowerInvariant())
        ? name.ToLowerInvariant()
        : throw new RequestException(property, text, $"'{name}' is not a level; expected {string.Join(", ", LevelNames.All)}");
}
