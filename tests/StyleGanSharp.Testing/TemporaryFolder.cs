namespace StyleGanSharp.Testing;

/// <summary>An empty folder that is removed with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stylegan-test-");

    /// <summary>The folder.</summary>
    public string Path => folder.FullName;

    /// <summary>Names of everything directly in the folder, sorted.</summary>
    public string[] Names => [.. folder.GetFileSystemInfos().Select(f => f.Name).Order(StringComparer.Ordinal)];

    /// <summary>Path of a file in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(folder.FullName, name);

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
