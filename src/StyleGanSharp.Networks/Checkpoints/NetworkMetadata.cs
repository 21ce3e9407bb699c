using System.Globalization;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// What a network file says about its network besides architecture and weights; snapshots of other programs say nothing.
/// </summary>
public sealed record NetworkMetadata
{
    private const int LevelNumbers = 4;

    /// <summary>Nothing.</summary>
    public static NetworkMetadata None { get; } = new();

    /// <summary>Names of the classes, one for each; empty: there are none.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>
    /// A sample of the label vectors of the training data; empty where labels are classes, or the file does not say.
    /// </summary>
    public IReadOnlyList<float[]> LabelVectors { get; init; } = [];

    /// <summary>Where the network's levels begin; null: the field's rule.</summary>
    public StyleLevels? Levels { get; init; }

    /// <summary>Why these cannot belong to a network, as the end of a sentence; null where they can.</summary>
    /// <param name="labelSize">Size of the network's labels.</param>
    public string? Problem(int labelSize) =>
        ClassNames.Count > 0 && Checkpoints.ClassNames.Problem(ClassNames, labelSize) is string names ? $"class names: {names}"
        : LabelVectors.Count > 0 && Checkpoints.LabelVectors.Problem(LabelVectors, labelSize) is string vectors
        ? $"label vectors: {vectors}"
        : Levels is { IsValid: false } ? $"levels: {Text(Levels)} do not rise"
        : null;

    /// <summary>Levels as a file stores them and <see cref="ParseLevels"/> reads them.</summary>
    public static string Text(StyleLevels levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{levels.MiddleLayer},{levels.FineLayer},{levels.MiddleResolution},{levels.FineResolution}");
    }

    /// <summary>Reads levels: first layer of middle and fine, first resolution of their noise, joined by commas.</summary>
    /// <returns>Null where the text is none of that.</returns>
    public static StyleLevels? ParseLevels(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(',');
        int[] numbers =
            [.. parts.Select(p => int.TryParse(p.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        return numbers.Length == LevelNumbers
            && new StyleLevels(numbers[0], numbers[1], numbers[2], numbers[3]) is { IsValid: true } levels ? levels : null;
    }
}
