using System.Text.Json;
using StyleGanSharp.Data.Numpy;

namespace StyleGanSharp.Testing;

/// <summary>The expected numbers. Cases are found from the JSON files beside the arrays, never from lists in the tests.</summary>
public static class GoldenFolder
{
    /// <summary>Replaces the folder, to run the tests against other numbers of the same layout.</summary>
    public const string Variable = "STYLEGAN_GOLDEN";

    private static readonly Dictionary<string, IReadOnlyDictionary<string, NumpyArray>> Archives = [];

    /// <summary>The folder: that of <see cref="Variable"/>, else tests/golden of this checkout.</summary>
    public static string Root { get; } = Find();

    /// <summary>Full path of a file, given with forward slashes.</summary>
    public static string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>Parses a JSON file.</summary>
    public static JsonElement Json(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path(name)));
        return document.RootElement.Clone();
    }

    /// <summary>All arrays of an archive by key; read once.</summary>
    public static IReadOnlyDictionary<string, NumpyArray> Arrays(string name)
    {
        lock (Archives)
        {
            if (!Archives.TryGetValue(name, out IReadOnlyDictionary<string, NumpyArray>? arrays))
            {
                arrays = NpzFile.ReadAll(Path(name));
                Archives.Add(name, arrays);
            }

            return arrays;
        }
    }

    private static string Find()
    {
        string? chosen = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(chosen))
        {
            return Directory.Exists(chosen) ? chosen : throw new DirectoryNotFoundException($"{Variable} names {chosen}, which is no folder.");
        }

        return System.IO.Path.Combine(RepositoryRoot.Find(), "tests", "golden");
    }
}
