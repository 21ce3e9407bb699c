using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks;

namespace StyleGanSharp.Generation.Notation;

/// <summary>
/// Layers of a network by w index, written <c>0-6</c>, <c>0,3,5-7</c>, <c>coarse</c>, or parts of these joined by commas.
/// </summary>
public static class LayerSet
{
    /// <summary>Reads a set of layers.</summary>
    /// <param name="text">The set.</param>
    /// <param name="property">What problems call it.</param>
    /// <param name="numWs">Layers of the network.</param>
    /// <param name="levels">The network's levels.</param>
    /// <exception cref="RequestException">The text is malformed, or the network lacks one of the layers.</exception>
    public static SortedSet<int> Parse(string text, string property, int numWs, StyleLevels levels)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(levels);
        var layers = new SortedSet<int>();
        foreach (string part in text.Split(',').Select(p => p.Trim()))
        {
            layers.UnionWith(
                LevelNames.All.Contains(part)
                    ? OfLevel(text, property, part, numWs, levels) : Range(text, property, part, numWs));
        }

        return layers;
    }

    private static int[] OfLevel(string text, string property, string level, int numWs, StyleLevels levels)
    {
        int[] layers = [.. Enumerable.Range(0, numWs).Where(i => levels.OfLayer(i) == level)];
        return layers.Length > 0
            ? layers
            : throw new RequestException(
                property, text, $"the network has no {level} layers, only 0 to {numWs - 1} (coarse "
                    + $"0-{levels.MiddleLayer - 1}, middle " +
                $"{levels.MiddleLayer}-{levels.FineLayer - 1}, fine {levels.FineLayer} and up)");
    }

    private static IEnumerable<int> Range(string text, string property, string part, int numWs)
    {
        string[] ends = part.Split('-');
        if (ends.Length > 2 || !Numbers.TryWhole(ends[0], out int first) || !Numbers.TryWhole(ends[^1], out int last))
        {
            throw new RequestException(
                property, text, $"'{part}' is not a layer, range or level; write for example 0-6, 0,3,5-7 or coarse,middle");
        }

        if (last < first)
        {
            throw new RequestException(property, text, $"the range {part} runs backwards; write {last}-{first}");
        }

        return last < numWs
            ? Enumerable.Range(first, last - first + 1)
            : throw new RequestException(property, text, $"the network has only the layers 0 to {numWs - 1}");
    }
}
