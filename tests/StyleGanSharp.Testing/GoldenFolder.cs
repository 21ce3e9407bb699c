using System.Text.Json;
using StyleGanSharp.Data.Numpy;

namespace StyleGanSharp.Testing;

/// <summary>
/// The expected numbers. Cases are found from the JSON files beside the arrays and from what lies in the folder, never from lists
/// in the tests; what is missing has no cases. Tests that need a certain file take it from <see cref="Fixtures"/>.
/// </summary>
public static class GoldenFolder
{
    /// <summary>Replaces the folder, to run the tests against other numbers of the same layout.</summary>
    public const string Variable = "STYLEGAN_GOLDEN";

    /// <summary>The folder: that of <see cref="Variable"/>, else tests/golden of this checkout.</summary>
    public static GoldenFiles Files { get; } = new(Variable, "golden");

    /// <inheritdoc cref="GoldenFiles.Path"/>
    public static string Path(string name) => Files.Path(name);

    /// <inheritdoc cref="GoldenFiles.Has"/>
    public static bool Has(string name) => Files.Has(name);

    /// <inheritdoc cref="GoldenFiles.Names"/>
    public static IReadOnlyList<string> Names(string folder, string ending) => Files.Names(folder, ending);

    /// <inheritdoc cref="GoldenFiles.Keys"/>
    public static IReadOnlyList<string> Keys(string name) => Files.Keys(name);

    /// <inheritdoc cref="GoldenFiles.Json"/>
    public static JsonElement Json(string name) => Files.Json(name);

    /// <inheritdoc cref="GoldenFiles.List"/>
    public static IReadOnlyList<JsonElement> List(string name, string key) => Files.List(name, key);

    /// <inheritdoc cref="GoldenFiles.Arrays"/>
    public static IReadOnlyDictionary<string, NumpyArray> Arrays(string name) => Files.Arrays(name);
}
