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
            Root = Directory.Exists(chosen) ? chosen : throw new DirectoryNotFoundException($"{variable} names {chosen}, which is no folder.");
        }
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Full path of a file, given with forward slashes.</summary>
    public string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>Parses a JSON file.</summary>
    public JsonElement Json(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path(name)));
        return document.RootElement.Clone();
    }

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
