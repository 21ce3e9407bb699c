namespace StyleGanSharp.Data.Tests;

/// <summary>Where the tests find the repository's golden files and, where it is there, real data beside the repository.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string Golden => Path.Combine(Root, "tests", "golden");

    /// <summary>A file of the shared data; the test is skipped, with the reason, where it is absent.</summary>
    public static string SharedOrSkip(params string[] parts)
    {
        string folder = Environment.GetEnvironmentVariable("STYLEGAN_SHARED_DATA") is { Length: > 0 } set
            ? set
            : Path.Combine(Root, "..", "shared", "data");
        string path = Path.Combine([folder, .. parts]);
        Assert.SkipUnless(File.Exists(path), $"{string.Join('/', parts)} is neither in STYLEGAN_SHARED_DATA nor in ../shared/data.");
        return path;
    }

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "StyleGanSharp.slnx")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("The tests run from inside the repository.");
    }
}
