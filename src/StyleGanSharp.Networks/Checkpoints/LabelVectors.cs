using System.Text.Json;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// A sample of the label vectors that a network was trained with, as network files store it. A file that has one says that the
/// network's labels are vectors of any numbers and not classes.
/// </summary>
public static class LabelVectors
{
    /// <summary>Most vectors of a file.</summary>
    public const int MaxCount = 64;

    /// <summary>Most numbers of a file, all vectors together; one vector may always be there.</summary>
    public const int MaxNumbers = 1 << 14;

    private const int MaxDepth = 2;

    /// <summary>How many vectors of a size are kept.</summary>
    public static int Capacity(int size) => Math.Clamp(MaxNumbers / Math.Max(size, 1), 1, MaxCount);

    /// <summary>Why vectors cannot be labels of a network, as the end of a sentence; null where they can.</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="size">Size of the network's labels.</param>
    public static string? Problem(IReadOnlyList<float[]> vectors, int size)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        return vectors.Count == 0 || vectors.Count > Capacity(size)
            ? $"there are {vectors.Count} vectors, expected 1 to {Capacity(size)}"
            : vectors.Any(v => v.Length != size)
            ? $"a vector has {vectors.First(v => v.Length != size).Length} numbers, the network's labels have {size}"
            : vectors.Any(v => !Array.TrueForAll(v, float.IsFinite)) ? "a vector holds values that are not finite numbers"
            : null;
    }

    internal static string ToText(IReadOnlyList<float[]> vectors) => JsonSerializer.Serialize(vectors);

    /// <exception cref="SnapshotException">The text holds no vectors of this size.</exception>
    internal static float[][] Parse(string path, string text, int size)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            float[][] vectors = [.. document.RootElement.EnumerateArray().Take(MaxCount + 1).Select(Numbers)];
            return Problem(vectors, size) is string problem
                ? throw new SnapshotException(path, $"its label vectors do not fit: {problem}.") : vectors;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new SnapshotException(path, "its label vectors are not lists of numbers.", e);
        }
    }

    private static float[] Numbers(JsonElement vector) =>
        [.. vector.EnumerateArray().Take(MaxNumbers + 1).Select(number => number.GetSingle())];
}
