using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Notation;

/// <summary>
/// Psi of single layers by w index: values in order, <c>0.5,0.5,0.7</c>, or ranges with theirs, <c>0-3:0.5,4-:0.8</c>. Layers
/// that are not named have none.
/// </summary>
public sealed class LayerPsis
{
    private readonly List<(int First, int? Last, double Psi)> ranges = [];
    private readonly string text;
    private readonly string property;

    private LayerPsis(string text, string property) => (this.text, this.property) = (text, property);

    /// <summary>The values.</summary>
    public IEnumerable<double> Values => ranges.Select(r => r.Psi);

    /// <summary>The psi of a layer; null: it has none of its own.</summary>
    public double? Of(int layer)
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

    /// <summary>Reads psis of layers.</summary>
    /// <param name="text">The text.</param>
    /// <param name="property">What problems call it.</param>
    /// <exception cref="RequestException">A part is malformed, or layers overlap.</exception>
    public static LayerPsis Parse(string text, string property)
    {
        ArgumentNullException.ThrowIfNull(text);
        var psis = new LayerPsis(text, property);
        string[] parts = [.. text.Split(',').Select(p => p.Trim())];
        bool inOrder = !text.Contains(':', StringComparison.Ordinal);
        for (int i = 0; i < parts.Length; i++)
        {
            psis.ranges.Add(inOrder ? (i, i, Numbers.Finite(property, text, parts[i], PsiList.Example)) : psis.Range(parts[i]));
        }

        (int First, int? Last, double Psi)[] sorted = [.. psis.ranges.OrderBy(r => r.First)];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].First <= (sorted[i - 1].Last ?? int.MaxValue))
            {
                throw new RequestException(property, text, $"layer {sorted[i].First} is given twice");
            }
        }

        return psis;
    }

    /// <summary>What a network lacks; null: nothing.</summary>
    internal OptionProblem? Problem(int numWs)
    {
        foreach ((int first, int? last, _) in ranges)
        {
            if ((last ?? first) >= numWs)
            {
                return new OptionProblem(
                    property, text, $"names layer {last ?? first}, but the network has only the layers 0 to {numWs - 1}");
            }
        }

        return null;
    }

    private (int First, int? Last, double Psi) Range(string part)
    {
        string[] sides = part.Split(':');
        string[] ends = sides[0].Split('-');
        if (sides.Length != 2 || ends.Length > 2 || !Numbers.TryWhole(ends[0], out int first))
        {
            throw Malformed(part);
        }

        int? last = ends.Length == 2 && ends[1].Trim().Length == 0
            ? null : Numbers.TryWhole(ends[^1], out int end) ? end : throw Malformed(part);
        return last < first
            ? throw new RequestException(property, text, $"the range {sides[0]} runs backwards; write {last}-{first}")
            : (first, last, Numbers.Finite(property, text, sides[1].Trim(), PsiList.Example));
    }

    private RequestException Malformed(string part) => new(
        property, text, $"'{part}' is not a range of layers with a psi; write for example 0-3:0.5,4-:0.8, "
            + $"or one psi for each layer: 0.5,0.5,0.7{NumberTexts.ListHint(text)}");
}
