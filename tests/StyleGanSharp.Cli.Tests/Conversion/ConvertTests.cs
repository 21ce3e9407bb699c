using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Conversion;

/// <summary>What <c>convert</c> writes and what it refuses.</summary>
public sealed class ConvertTests
{
    public static TheoryData<string> Snapshots => [.. Fixtures.Snapshots];

    [Fact]
    public void Pictures_of_the_converted_network_are_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        string source = CommandLine.Snapshot("ada-skip-32-c3");
        CommandResult result = CommandLine.Succeed("convert", source, folder["net.safetensors"]);
        Assert.Empty(result.Results);
        Assert.Contains(folder["net.safetensors"], result.Messages);
        CommandLine.Succeed("generate", "--network", source, "--class", "1", "--outdir", folder["a"], "--format", "npy");
        CommandLine.Succeed("generate", "--network", folder["net.safetensors"], "--class", "1", "--outdir", folder["b"], "--format", "npy");
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["a"], "seed0000.npy")), File.ReadAllBytes(Path.Combine(folder["b"], "seed0000.npy")));
    }

    [Theory, MemberData(nameof(Snapshots))]
    public void Every_snapshot_is_converted_with_equal_pictures(string source)
    {
        using var folder = new TemporaryFolder();
        string[] label = SnapshotSummary.Of(SnapshotFile.Read(source)).Generator!.CDim > 0 ? ["--class", "1"] : [];
        CommandLine.Succeed("convert", source, folder["net.safetensors"]);
        CommandLine.Succeed(["generate", "--network", source, "--outdir", folder["a"], "--format", "npy", .. label]);
        CommandLine.Succeed(["generate", "--network", folder["net.safetensors"], "--outdir", folder["b"], "--format", "npy", .. label]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["a"], "seed0000.npy")), File.ReadAllBytes(Path.Combine(folder["b"], "seed0000.npy")));
    }

    [Fact]
    public void An_existing_file_is_replaced_only_on_request()
    {
        using var folder = new TemporaryFolder();
        string source = CommandLine.Snapshot("sg2-skip-32"), target = folder["net.safetensors"];
        File.WriteAllText(target, "mine");
        Assert.Contains("--force", CommandLine.Refuse("convert", source, target));
        Assert.Equal("mine", File.ReadAllText(target));
        CommandLine.Succeed("convert", source, target, "--force");
        Assert.True(new FileInfo(target).Length > 1000);
        Assert.Equal(["net.safetensors"], folder.Names);
    }

    [Fact]
    public void StyleGan2_is_written_as_pt_and_read_again()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Succeed("convert", CommandLine.Snapshot("sg2-skip-32"), folder["net.pt"]);
        CommandLine.Succeed("convert", folder["net.pt"], folder["net.safetensors"]);
        Assert.Equal(["net.pt", "net.safetensors"], folder.Names);
        Assert.Contains("no labels", CommandLine.Refuse("convert", CommandLine.Snapshot("ada-skip-32-c3"), folder["c.pt"]));
        Assert.Contains("StyleGAN2", CommandLine.Refuse("convert", CommandLine.Snapshot("sg3t-32"), folder["c.pt"]));
        Assert.Equal(["net.pt", "net.safetensors"], folder.Names);
    }

    // StyleGAN2-ADA's generators have a limit, those of the TensorFlow program of StyleGAN2 have none.
    [Fact]
    public void A_limit_of_the_activations_that_is_lost_is_told()
    {
        using var folder = new TemporaryFolder();
        string limited = CommandLine.Succeed("convert", CommandLine.Snapshot("sg2-skip-32"), folder["a.pt"]).Messages;
        string free = CommandLine.Succeed("convert", Fixtures.GoldenTf.Path("stylegan2-config-f-32.pkl"), folder["b.pt"]).Messages;
        string kept = CommandLine.Succeed("convert", CommandLine.Snapshot("sg2-skip-32"), folder["c.safetensors"]).Messages;
        Assert.Contains("limit of the activations (256)", limited);
        Assert.DoesNotContain("limit", free);
        Assert.DoesNotContain("limit", kept);
    }

    [Fact]
    public void A_pt_file_is_said_how_to_be_loaded_elsewhere()
    {
        using var folder = new TemporaryFolder();
        string said = CommandLine.Succeed("convert", CommandLine.Snapshot("sg2-skip-32"), folder["a.pt"]).Messages;
        Assert.All(["size=32", "style_dim=64", "n_mlp=8", "table of channels"], words => Assert.Contains(words, said));
    }

    [Fact]
    public void Wrong_targets_and_sources_are_named()
    {
        using var folder = new TemporaryFolder();
        string source = CommandLine.Snapshot("sg2-skip-32");
        Directory.CreateDirectory(folder["x.safetensors"]);
        Assert.Contains(".safetensors", CommandLine.Refuse("convert", source, folder["net.onnx"]));
        Assert.Contains("is a folder", CommandLine.Refuse("convert", source, folder["x.safetensors"]));
        Assert.Contains("does not exist", CommandLine.Refuse("convert", source, Path.Combine(folder["none"], "net.safetensors")));
        Assert.Contains("no such file", CommandLine.Refuse("convert", folder["none.pkl"], folder["net.safetensors"]));
        string broken = RejectedFiles.Write(folder, "foreign function");
        Assert.Contains("os.system", CommandLine.Refuse("convert", broken, folder["net.safetensors"]));
        Assert.Equal(["network.pkl", "x.safetensors"], folder.Names);
    }
}
