using StyleGanSharp.Data.Numpy;
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
        CommandLine.Succeed(
            "generate", "--network", folder["net.safetensors"], "--class", "1", "--outdir", folder["b"], "--format", "npy");
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["a"], "seed0000.npy")), File.ReadAllBytes(
            Path.Combine(folder["b"], "seed0000.npy")));
    }

    [Theory, MemberData(nameof(Snapshots))]
    public void Every_snapshot_is_converted_with_equal_pictures(string source)
    {
        using var folder = new TemporaryFolder();
        string[] label = SnapshotSummary.Of(SnapshotFile.Read(source)).Generator!.CDim > 0 ? ["--class", "1"] : [];
        CommandLine.Succeed("convert", source, folder["net.safetensors"]);
        CommandLine.Succeed(["generate", "--network", source, "--outdir", folder["a"], "--format", "npy", .. label]);
        CommandLine.Succeed(
            ["generate", "--network", folder["net.safetensors"], "--outdir", folder["b"], "--format", "npy", .. label]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["a"], "seed0000.npy")), File.ReadAllBytes(
            Path.Combine(folder["b"], "seed0000.npy")));
    }

    [Fact]
    public void Levels_of_a_small_network_are_stored_and_followed()
    {
        using var folder = new TemporaryFolder();
        string source = CommandLine.Snapshot("sg2-skip-32"), converted = folder["net.safetensors"];
        CommandLine.Succeed("convert", source, converted, "--levels", "4,6,16,32");
        string[] fine = ["--trunc", "1", "--trunc-levels", "fine=0"], layers = ["--trunc", "1", "--trunc-layers", "0-5:1,6-:0"];
        Assert.Equal(Pixels(folder, source, "--trunc", "1"), Pixels(folder, source, fine)); // All its w are below 8.
        Assert.NotEqual(Pixels(folder, source, "--trunc", "1"), Pixels(folder, converted, fine));
        Assert.Equal(Pixels(folder, converted, layers), Pixels(folder, converted, fine));
        Assert.NotEqual(Pixels(folder, source, "--noise-levels", "fine"), Pixels(folder, converted, "--noise-levels", "fine"));

        // A file that is converted again keeps them.
        CommandLine.Succeed("convert", converted, folder["again.safetensors"]);
        Assert.Equal(File.ReadAllBytes(converted), File.ReadAllBytes(folder["again.safetensors"]));
    }

    [Theory]
    [InlineData("4,6,16")]
    [InlineData("4,4,16,32")]
    [InlineData("0,4,16,32")]
    [InlineData("4,6,32,16")]
    [InlineData("4,6,16,x")]
    [InlineData("4,8,16,64")] // Nothing would be left for the fine level.
    public void Levels_that_no_network_can_have_are_refused(string levels)
    {
        using var folder = new TemporaryFolder();
        string message = CommandLine.Refuse(
            "convert", CommandLine.Snapshot("sg2-skip-32"), folder["a.safetensors"], "--levels", levels);
        Assert.Contains("--levels", message);
        Assert.Contains(levels, message);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Half_size_changes_pictures_invisibly()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["sg2-skip-32", "sg3t-32"])
        {
            string source = CommandLine.Snapshot(name), whole = folder[$"{name}.safetensors"],
                half = folder[$"{name}-half.safetensors"];
            CommandLine.Succeed("convert", source, whole);
            CommandLine.Succeed("convert", source, half, "--storage", "float16");
            Assert.InRange(new FileInfo(half).Length, 1, new FileInfo(whole).Length * 0.7);
            float[] exact = Pixels(folder, source), rounded = Pixels(folder, half);
            double error = exact.Zip(rounded, (a, b) => (double)(a - b) * (a - b)).Average();
            Assert.True(error > 0, "nothing was rounded");
            Assert.True(10 * Math.Log10(4 / error) > 40, $"{name}: {10 * Math.Log10(4 / error):0.0} dB");   // The range [-1, 1] is 2 wide.
        }
    }

    [Fact]
    public void What_only_safetensors_hold_is_not_lost_in_silence()
    {
        using var folder = new TemporaryFolder();
        foreach (string[] option in (string[][])[["--levels", "4,6,16,32"], ["--storage", "float16"]])
        {
            string message = CommandLine.Refuse(["convert", CommandLine.Snapshot("sg2-skip-32"), folder["a.pt"], .. option]);
            Assert.Contains(option[0], message);
        }

        Assert.Empty(folder.Names);
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
        string free = CommandLine.Succeed(
            "convert", Fixtures.GoldenTf.Path("stylegan2-config-f-32.pkl"), folder["b.pt"]).Messages;
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

    private static float[] Pixels(TemporaryFolder folder, string network, params string[] options)
    {
        string target = folder[$"pixels-{Guid.NewGuid():n}"];
        CommandLine.Succeed(["generate", "--network", network, "--outdir", target, "--format", "npy", .. options]);
        float[] pixels = NpyFile.Read(Path.Combine(target, "seed0000.npy")).ToSingles();
        Directory.Delete(target, recursive: true);
        return pixels;
    }
}
