using Xunit;

namespace StyleGanSharp.Testing;

/// <summary>Real data beside the checkout, used where it is there; never part of the project.</summary>
public static class SharedData
{
    /// <summary>Replaces the folder ../shared/data.</summary>
    public const string Variable = "STYLEGAN_SHARED_DATA";

    /// <summary>A file of the shared data; the test is skipped, with the reason, where it is absent.</summary>
    public static string FileOrSkip(params string[] parts)
    {
        string folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set
            ? set
            : Path.Combine(RepositoryRoot.Find(), "..", "shared", "data");
        string path = Path.Combine([folder, .. parts]);
        Assert.SkipUnless(File.Exists(path), $"{string.Join('/', parts)} is neither in {Variable} nor in ../shared/data.");
        return path;
    }
}
