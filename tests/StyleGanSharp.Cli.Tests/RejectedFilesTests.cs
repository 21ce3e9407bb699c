using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests;

/// <summary>
/// Every verb that takes a snapshot refuses what is none, in one sentence that names the file, and leaves nothing behind.
/// </summary>
public sealed class RejectedFilesTests
{
    public static TheoryData<string, string> Cases => new(new Dictionary<string, string>
    {
        ["empty"] = "the file is empty",
        ["web page"] = "a web page",
        ["git lfs pointer"] = "git lfs pull",
        ["truncated"] = "cut off",
        ["one byte"] = "cut off",
        ["unknown class"] = "evil.module.Thing",
        ["foreign function"] = "os.system",
        ["text"] = "networks are read from .safetensors, .pkl",
    }.Select(pair => (pair.Key, pair.Value)));

    [Theory, MemberData(nameof(Cases))]
    public void A_file_that_is_no_snapshot_is_named_with_the_reason(string kind, string words)
    {
        using var folder = new TemporaryFolder();
        string path = RejectedFiles.Write(folder, kind);
        foreach (string sentence in new[]
        {
            CommandLine.Refuse("generate", "--network", path, "--outdir", folder["out"]), CommandLine.Refuse("inspect", path),
        })
        {
            Assert.Contains(path, sentence);
            Assert.Contains(words, sentence);
        }

        Assert.Equal(["network.pkl"], folder.Names);
    }

    [Fact]
    public void Tensors_that_do_not_fit_the_options_are_refused_when_the_network_is_built()
    {
        using var folder = new TemporaryFolder();
        string path = RejectedFiles.Write(folder, "other sizes");
        string sentence = CommandLine.Refuse("generate", "--network", path, "--outdir", folder["out"]);
        Assert.Contains("do not fit", sentence);
        Assert.Contains("mapping.fc0.weight", sentence);
        Assert.Equal(["network.pkl"], folder.Names);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_named_as_such()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no such file", CommandLine.Refuse("inspect", folder["none.pkl"]));
        Assert.Contains("no such file", CommandLine.Refuse(
            "generate", "--network", folder["none.pkl"], "--outdir", folder["out"]));
        Assert.Contains("folder", CommandLine.Refuse("inspect", folder.Path));
        Assert.Contains("folder", CommandLine.Refuse("generate", "--network", folder.Path, "--outdir", folder["out"]));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_network_that_this_version_cannot_run_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = RejectedFiles.Write(folder, "unknown network");
        string sentence = CommandLine.Refuse("generate", "--network", path, "--outdir", folder["out"]);
        Assert.Contains("G_ema is a Generator, which is none of the networks", sentence);
        Assert.Equal(["network.pkl"], folder.Names);
    }
}
