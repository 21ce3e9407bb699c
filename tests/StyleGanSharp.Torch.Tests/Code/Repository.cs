namespace StyleGanSharp.Torch.Tests.Code;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    internal static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StyleGanSharp.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
