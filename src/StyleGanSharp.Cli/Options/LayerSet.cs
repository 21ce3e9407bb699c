using System.Globalization;

namespace StyleGanSharp.Cli.Options;

/// <summary>Layers of a network by w index, written <c>0-6</c>, <c>0,3,5-7</c>, <c>coarse</c>, or parts of these joined by commas.</summary>
internal static class LayerSet
{
    /// <summary>Reads a set of layers.</summary>
    /// <param name="option">What messages call it.</param>
    /// <param name="text">The set.</param>
    /// <param name="numWs">Layers of the network.</param>
    /// <exception cref="UserException">The text is no set, or the network lacks one of the layers.</exception>
    internal static SortedSet<int> Parse(string option, string text, int numWs)
    {
        var layers = new SortedSet<int>();
        foreach (string part in text.Split(',').Select(p => p.Trim()))
        {
            layers.UnionWith(part is Levels.Coarse or Levels.Middle or Levels.Fine ? OfLevel(option, part, numWs) : Range(option, text, part, numWs));
        }

        return layers;
    }

    private static int[] OfLevel(string option, string level, int numWs)
    {
        int[] layers = [.. Enumerable.Range(0, numWs).Where(i => Levels.OfLatent(i) == level)];
        return layers.Length > 0
            ? layers
            : throw new UserException($"{option} {level}: the network has no {level} layers, only 0 to {numWs - 1} (coarse 0-3, middle 4-7, fine 8 and up).");
    }

    private static IEnumerable<int> Range(string option, string text, string part, int numWs)
    {
        string[] ends = part.Split('-');
        if (ends.Length > 2 || !TryParse(ends[0], out int first) || !TryParse(ends[^1], out int last))
        {
            throw new UserException($"{option} '{text}': '{part}' is no layer, range or level; write for example 0-6, 0,3,5-7 or coarse,middle.");
        }

        if (last < first)
        {
            throw new UserException($"{option} '{text}': the range {part} runs backwards; write {last}-{first}.");
        }

        return last < numWs
            ? Enumerable.Range(first, last - first + 1)
            : throw new UserException($"{option} '{text}': the network has the layers 0 to {numWs - 1} only.");
    }

    private static bool TryParse(string text, out int layer) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out layer);
}
