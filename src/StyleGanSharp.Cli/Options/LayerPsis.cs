using System.Globalization;

namespace StyleGanSharp.Cli.Options;

/// <summary>
/// Psi of single layers by w index: values in order, <c>0.5,0.5,0.7</c>, or ranges with theirs, <c>0-3:0.5,4-:0.8</c>. Layers that are
/// not named have none.
/// </summary>
internal sealed class LayerPsis
{
    internal const string Option = "--trunc-layers";

    private readonly List<(int First, int? Last, double Psi)> ranges = [];

    /// <summary>No layer.</summary>
    internal static LayerPsis None { get; } = new();

    /// <summary>The values.</summary>
    internal IEnumerable<double> Values => ranges.Select(r => r.Psi);

    /// <summary>The psi of a layer; null: it has none of its own.</summary>
    internal double? Of(int layer)
    {
        foreach ((int first, int? last, double psi) in ranges)
        {
            if (layer >= first && layer <= (last ?? int.MaxValue))
            {
                return psi;
            }
        }

        return null;
    }

    /// <exception cref="UserException">A part is malformed, or layers overlap.</exception>
    internal static LayerPsis Parse(string text)
    {
        var psis = new LayerPsis();
        string[] parts = [.. text.Split(',').Select(p => p.Trim())];
        bool inOrder = !text.Contains(':', StringComparison.Ordinal);
        for (int i = 0; i < parts.Length; i++)
        {
            psis.ranges.Add(inOrder ? (i, i, PsiList.Number(Option, text, parts[i])) : Range(text, parts[i]));
        }

        (int First, int? Last, double Psi)[] sorted = [.. psis.ranges.OrderBy(r => r.First)];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].First <= (sorted[i - 1].Last ?? int.MaxValue))
            {
                throw new UserException($"{Option} '{text}': layer {sorted[i].First} is given twice.");
            }
        }

        return psis;
    }

    /// <exception cref="UserException">The network lacks one of the layers.</exception>
    internal void Require(int numWs)
    {
        foreach ((int first, int? last, _) in ranges)
        {
            if ((last ?? first) >= numWs)
            {
                throw new UserException($"{Option} names layer {last ?? first}, but the network has the layers 0 to {numWs - 1} only.");
            }
        }
    }

    private static (int First, int? Last, double Psi) Range(string text, string part)
    {
        string[] sides = part.Split(':');
        string[] ends = sides[0].Split('-');
        if (sides.Length != 2 || ends.Length > 2 || !TryParse(ends[0], out int first))
        {
            throw Malformed(text, part);
        }

        int? last = ends.Length == 2 && ends[1].Trim().Length == 0 ? null : TryParse(ends[^1], out int end) ? end : throw Malformed(text, part);
        return last < first
            ? throw new UserException($"{Option} '{text}': the range {sides[0]} runs backwards; write {last}-{first}.")
            : (first, last, PsiList.Number(Option, text, sides[1].Trim()));
    }

    private static UserException Malformed(string text, string part) =>
        new($"{Option} '{text}': '{part}' is no range of layers with a psi; write for example 0-3:0.5,4-:0.8, or one psi for each layer: 0.5,0.5,0.7{NumberTexts.ListHint(text)}.");

    private static bool TryParse(string text, out int layer) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out layer);
}
