using System.Globalization;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Notation;

/// <summary>Label vectors, written as their numbers joined by commas: <c>0.5,0.2</c>.</summary>
public static class LabelVector
{
    /// <summary>Reads a vector.</summary>
    /// <exception cref="RequestException">A part is not a finite number.</exception>
    public static float[] Parse(string text, string property)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(',').Select(
            part => (float)Numbers.Finite(property, text, part.Trim(), "write for example 0.5,0.2"))];
    }

    /// <summary>The text of a vector.</summary>
    public static string Text(IEnumerable<float> vector) =>
        string.Join(',', vector.Select(v => v.ToString(CultureInfo.InvariantCulture)));
}
