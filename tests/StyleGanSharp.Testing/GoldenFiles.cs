using System.Text.Json;
using StyleGanSharp.Data.Numpy;

namespace StyleGanSharp.Testing;

/// <summary>A folder of expected numbers, which an environment variable replaces by another of the same layout.</summary>
public sealed class GoldenFiles
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, NumpyArray>> archives = [];

    /// <summary>Finds the folder.</summary>
    /// <param name="variable">The environment variable.</param>
    /// <param name="folder">Its name below tests, where the variable is not set.</param>
    /// <exception cref="DirectoryNotFoundException">The variable names no folder.</exception>
    public GoldenFiles(string variable, string folder)
    {
        string? chosen = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(chosen))
        {
            Root = System.IO.Path.Combine(RepositoryRoot.Find(), "tests", folder);
        }
        else
        {
            Root = Directory.Exists(chosen)
                ? chosen : throw new DirectoryNotFoundException($"{variable} names {chosen}, which is not a folder.");
        }
    }

    /// <summary>A folder below tests of this checkout, whatever the environment says.</summary>
    /// <param name="folder">Its name.</param>
    public GoldenFiles(string folder) => Root = System.IO.Path.Combine(RepositoryRoot.Find(), "tests", folder);

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Full path of a file, given with forward slashes.</summary>
    public string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>Whether a file is there.</summary>
    public bool Has(string name) => File.Exists(Path(name));

    /// <summary>Names of the files of one kind, without folder and ending, sorted; none where the folder is missing.</summary>
    /// <param name="folder">Relative to the root; "" for the root itself.</param>
    /// <param name="ending">Of the file names: ".pkl".</param>
    public IReadOnlyList<string> Names(string folder, string ending) => !Directory.Exists(Path(folder))
        ? []
        : [.. Directory.GetFiles(Path(folder)).Select(file => System.IO.Path.GetFileName(file))
            .Where(file => file.EndsWith(ending, StringComparison.Ordinal)).Select(file => file[..^ending.Length]).Order(
                StringComparer.Ordinal)];

    /// <summary>Parses a JSON file.</summary>
    public JsonElement Json(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path(name)));
        return document.RootElement.Clone();
    }

    /// <summary>The elements of a list in a JSON file; none where the file or the list is missing.</summary>
    public IReadOnlyList<JsonElement> List(string name, string key) =>
        Has(name) && Json(name).TryGetProperty(key, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()] : [];

    /// <summary>The properties of a JSON file; none where it is missing.</summary>
    public IReadOnlyList<JsonProperty> Properties(string name) => Has(name) ? [.. Json(name).EnumerateObject()] : [];

    /// <summary>Keys of an archive, sorted; none where it is missing.</summary>
    public IReadOnlyList<string> Keys(string name) => Has(name) ? [.. Arrays(name).Keys.Order(StringComparer.Ordinal)] : [];

    /// <summary>All arrays of an archive by key; read once.</summary>
    public IReadOnlyDictionary<string, NumpyArray> Arrays(string name)
    {
        lock (archives)
        {
            if (!archives.TryGetValue(name, out IReadOnlyDictionary<string, NumpyArray>? arrays))
            {
                arrays = NpzFile.ReadAll(Path(name));
                archives.Add(name, arrays);
            }

            return arrays;
        }
    }
}
