using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace StyleGanSharp.Data.Options;

/// <summary>An option named inside a sentence. Every face puts its own name there: a flag, the caption of a field.</summary>
/// <remarks>
/// A <c>ref struct</c>, so that the compiler refuses it in an ordinary interpolated string, where the face's name would be lost.
/// </remarks>
/// <param name="property">The property, in JSON spelling (<c>data.subset</c>).</param>
public readonly ref struct OptionName(string property)
{
    /// <summary>The property, in JSON spelling.</summary>
    public string Property { get; } = property;
}

/// <summary>
/// A clause that may name options. Written as an interpolated string whose holes are <see cref="OptionName"/>s or values; values
/// are formatted with the invariant culture.
/// </summary>
[InterpolatedStringHandler]
public sealed class OptionText
{
    private readonly List<(string Text, bool IsName)> parts;

    /// <summary>Begins a text; called by the compiler.</summary>
    public OptionText(int literalLength, int formattedCount) => parts = new List<(string, bool)>((2 * formattedCount) + 1);

    private OptionText(string text) => parts = [(text, false)];

    /// <summary>A text without names.</summary>
    public static implicit operator OptionText(string text) => new(text);

    /// <summary>Appends text; called by the compiler.</summary>
    public void AppendLiteral(string value) => parts.Add((value, false));

    /// <summary>Appends the name of an option; called by the compiler.</summary>
    public void AppendFormatted(OptionName name) => parts.Add((name.Property, true));

    /// <summary>Appends a value; called by the compiler.</summary>
    public void AppendFormatted<T>(T value) => parts.Add((string.Create(CultureInfo.InvariantCulture, $"{value}"), false));

    /// <summary>The text with names as a face writes them.</summary>
    /// <param name="name">Maps a property to its name; null, also as a result: the property's own.</param>
    public string ToString(Func<string, string?>? name)
    {
        var text = new StringBuilder();
        foreach ((string part, bool isName) in parts)
        {
            text.Append(isName ? name?.Invoke(part) ?? part : part);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => ToString(null);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OptionText other && parts.SequenceEqual(other.parts);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
