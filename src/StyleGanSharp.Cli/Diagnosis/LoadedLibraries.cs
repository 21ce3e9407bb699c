using StyleGanSharp.Benchmarking.Machine;
namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>The shared libraries of this process; known on Linux only.</summary>
internal static class LoadedLibraries
{
    /// <summary>Full paths, each once.</summary>
    internal static string[] All() =>
    [
        .. SystemFile.Lines("/proc/self/maps")
            .Select(line => line.IndexOf('/', StringComparison.Ordinal) is int start and >= 0 ? line[start..] : "")
            .Where(path => Path.GetFileName(path).Contains(".so", StringComparison.Ordinal))
            .Distinct(),
    ];

    /// <summary>The first whose file name contains a text.</summary>
    internal static string? Find(string name) =>
        All().FirstOrDefault(path => Path.GetFileName(path).Contains(name, StringComparison.Ordinal));
}
