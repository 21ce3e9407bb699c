using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>Names of a conditional network's classes, in the order of its label vector, as network files store them.</summary>
public static class ClassNames
{
    /// <summary>Longest name, in UTF-16 characters.</summary>
    public const int MaxLength = 200;

    private const int MaxDepth = 1;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Why names cannot be those of a network's classes, as the end of a sentence; null where they can.</summary>
    /// <param name="names">The names.</param>
    /// <param name="classes">Classes of the network; 0: it is unconditional.</param>
    public static string? Problem(IReadOnlyList<string> names, int classes)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != classes)
        {
            return classes == 0
                ? "the network is unconditional, it has no classes" : $"there are {names.Count} names for {classes} classes";
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            string name = names[i];
            if (string.IsNullOrWhiteSpace(name) || name.Length > MaxLength || name.Any(char.IsControl) || name != name.Trim())
            {
                return $"the name of class {i} is none: expected 1 to {MaxLength} characters without line breaks and "
                    + $"without spaces at the ends";
            }

            if (!seen.Add(name))
            {
                return $"class {i} has the same name as an earlier one";
            }
        }

        return null;
    }

    internal static string ToText(IReadOnlyList<string> names) => JsonSerializer.Serialize(names, Readable);

    /// <exception cref="SnapshotException">The text holds no names of this many classes.</exception>
    internal static string[] Parse(string path, string text, int classes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            string[] names = [.. document.RootElement.EnumerateArray().Select(e => e.GetString() ?? "")];
            return Problem(names, classes) is string problem
                ? throw new SnapshotException(path, $"its class names do not fit: {problem}.") : names;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SnapshotException(path, "its class names are not a list of texts.", e);
        }
    }
}
