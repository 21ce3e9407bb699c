using System.Text.Json;
using StyleGanSharp.Data.Numpy;

namespace StyleGanSharp.Testing;

/// <summary>The expected numbers. Cases are found from the JSON files beside the arrays, never from lists in the tests.</summary>
public static class GoldenFolder
{
    /// <summary>Replaces the folder, to run the tests against other numbers of the same layout.</summary>
    public const string Variable = "STYLEGAN_GOLDEN";

    /// <summary>The folder: that of <see cref="Variable"/>, else tests/golden of this checkout.</summary>
    public static GoldenFiles Files { get; } = new(Variable, "golden");

    /// <summary>Full path of the folder.</summary>
    public static string Root => Files.Root;

    /// <inheritdoc cref="GoldenFiles.Path"/>
    public static string Path(string name) => Files.Path(name);

    /// <inheritdoc cref="GoldenFiles.Json"/>
    public static JsonElement Json(string name) => Files.Json(name);

    /// <inheritdoc cref="GoldenFiles.Arrays"/>
    public static IReadOnlyDictionary<string, NumpyArray> Arrays(string name) => Files.Arrays(name);
}
