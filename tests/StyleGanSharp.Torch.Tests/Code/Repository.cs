using StyleGanSharp.Testing;

namespace StyleGanSharp.Torch.Tests.Code;

/// <summary>The sources that these tests read.</summary>
internal static class Repository
{
    private static readonly string Root = RepositoryRoot.Find();

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    internal static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
}
