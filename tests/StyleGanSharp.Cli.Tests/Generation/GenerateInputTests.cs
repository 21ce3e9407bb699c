using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>Wrong options and latents of <c>generate</c>: one sentence, exit code 2, no output folder.</summary>
public sealed class GenerateInputTests : IDisposable
{
    private static readonly string[] NoFiles = [];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--seeds", "5-3", "write 3-5")]
    [InlineData("--seeds", "a", "'a' is neither")]
    [InlineData("--seeds", "", "neither a seed")]
    [InlineData("--seeds", "1,,2", "neither a seed")]
    [InlineData("--seeds", "-1", "neither a seed")]
    [InlineData("--seeds", "4294967296", "4294967295")]
    [InlineData("--seeds", "0-4294967295", "more than 1000000 seeds")]
    [InlineData("--class", "0", "unconditional")]
    [InlineData("--grid", "0x1", "--grid 0x1")]
    [InlineData("--grid", "3", "4x3")]
    [InlineData("--format", "bmp", "png, jpg, webp, npy")]
    [InlineData("--noise-mode", "loud", "const, random or none")]
    [InlineData("--noise-levels", "thick", "coarse, middle, fine")]
    [InlineData("--noise-seed", "3", "only random noise is drawn")]
    [InlineData("--trunc", "NaN", "finite")]
    [InlineData("--trunc", "much", "much")]
    [InlineData("--trunc-cutoff", "-1", "0 or more")]
    [InlineData("--trunc-levels", "thick=1", "coarse, middle, fine")]
    [InlineData("--trunc-levels", "coarse", "coarse=0.7")]
    [InlineData("--trunc-levels", "coarse=1,coarse=0", "twice")]
    [InlineData("--device", "gpu", "auto, cpu, cuda or cuda:N")]
    [InlineData("--device", "cuda:99", "cuda:99")]
    [InlineData("--threads", "0", "1 to 1024")]
    [InlineData("--unheard-of", "1", "--unheard-of")]
    public void Wrong_options_are_named(string option, string value, string words)
    {
        string sentence = Refuse(option, value);
        Assert.Contains(words, sentence);
        Assert.Contains(option, sentence);
    }

    [Theory]
    [InlineData("2", "0 to 1")]
    [InlineData("-1", "0 to 1")]
    [InlineData("cat", "0 to 1")]
    public void A_class_that_the_network_lacks_is_named(string label, string words)
    {
        string sentence = CommandLine.Refuse(
            "generate", "--network", CommandLine.Snapshot("sg2-gray-16-c2"), "--class", label, "--outdir", folder["out"]);
        Assert.Contains(words, sentence);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_grid_with_too_few_places_is_refused() =>
        Assert.Contains("2 cells for 3 images", Refuse("--seeds", "0-2", "--grid", "2x1"));

    [Fact]
    public void A_grid_with_too_many_pixels_is_refused() =>
        Assert.Contains("pixels", Refuse("--seeds", "0-2", "--grid", "1000x1000"));

    [Fact]
    public void Sources_of_latents_exclude_each_other()
    {
        Assert.Contains("--seeds and --latents exclude each other", Refuse("--seeds", "1", "--latents", "z.npy"));
        Assert.Contains("--latents and --projected-w exclude each other", Refuse("--latents", "z.npy", "--projected-w", "w.npz"));
        Assert.Contains("--class has no effect", Refuse("--projected-w", "w.npz", "--class", "1"));
    }

    [Fact]
    public void Noise_options_that_contradict_each_other_are_refused()
    {
        Assert.Contains("contradicts", Refuse("--noise-mode", "none", "--noise-levels", "coarse"));
        Assert.Contains("has no effect with the mode none", Refuse("--noise-mode", "none", "--noise-seed", "1"));
    }

    [Fact]
    public void Latents_of_another_shape_or_none_are_refused()
    {
        string z = folder["z.npy"];
        NpyFile.Write(z, NumpyArray.Create<float>(new float[2 * 63], 2, 63));
        Assert.Contains("shape [2, 63]; the network needs latents z of [N, 64]", Refuse(["z.npy"], "--latents", z));

        NpyFile.Write(z, NumpyArray.Create<float>([], 0, 64));
        Assert.Contains("[0, 64]", Refuse(["z.npy"], "--latents", z));

        var values = new float[64];
        values[5] = float.NaN;
        NpyFile.Write(z, NumpyArray.Create<float>(values, 1, 64));
        Assert.Contains("not finite", Refuse(["z.npy"], "--latents", z));

        File.WriteAllText(z, "1 2 3");
        Assert.Contains(z, Refuse(["z.npy"], "--latents", z));
        Assert.Contains("does not exist", Refuse(["z.npy"], "--latents", folder["none.npy"]));
    }

    [Fact]
    public void A_projection_without_w_or_for_another_network_is_refused()
    {
        string w = folder["w.npz"];
        NpzFile.Write(w, [
            new("v", NumpyArray.Create<float>(new float[3], 3)), new("x", NumpyArray.Create<float>(new float[3], 3))]);
        Assert.Contains("holds 'v' [3], 'x' [3]; the network needs w of [N, 8, 64]", Refuse(["w.npz"], "--projected-w", w));

        NpzFile.Write(w, [new("w", NumpyArray.Create<float>(new float[128], 1, 2, 64))]);
        Assert.Contains("[1, 2, 64]; the network needs w of [N, 8, 64]", Refuse(["w.npz"], "--projected-w", w));

        File.WriteAllText(w, "1 2 3");
        Assert.Contains("not a zip file", Refuse(["w.npz"], "--projected-w", w));
    }

    // An image's w as this program, projectors and encoders write it: with and without a batch, once or for every layer.
    [Theory]
    [InlineData("w", 1, 8, 64)]
    [InlineData("dlatents", 1, 8, 64)]
    [InlineData("anything", 8, 64)]
    [InlineData("w", 1, 64)]
    [InlineData("w", 64)]
    [InlineData("latents", 1, 1, 64)]
    public void Latents_of_other_tools_are_read(string name, params int[] shape)
    {
        float[] row = [.. Enumerable.Range(0, 64).Select(i => i / 64f)];
        int count = shape.Aggregate(1, (product, size) => product * size);
        NumpyArray array = NumpyArray.Create<float>(
            [.. Enumerable.Range(0, count).Select(i => row[i % 64])], [.. shape.Select(s => (long)s)]);
        NpzFile.Write(folder["full.npz"], [
            new("w", NumpyArray.Create<float>([.. Enumerable.Range(0, 512).Select(i => row[i % 64])], 1, 8, 64))]);
        NpzFile.Write(folder["w.npz"], [new(name, array), new("noise", NumpyArray.Create<float>(new float[16], 4, 4))]);
        NpyFile.Write(folder["w.npy"], array);
        string network = CommandLine.Snapshot("sg2-skip-32");
        CommandLine.Succeed("generate", "--network", network, "--projected-w", folder["full.npz"], "--outdir", folder["a"]);
        foreach (string file in new[] { "w.npz", "w.npy" })
        {
            CommandLine.Succeed("generate", "--network", network, "--projected-w", folder[file], "--outdir", folder["b"]);
            Assert.Equal(File.ReadAllBytes(folder["a/proj00.png"]), File.ReadAllBytes(folder["b/proj00.png"]));
        }
    }

    [Fact]
    public void An_output_folder_that_is_a_file_is_named()
    {
        File.WriteAllText(folder["taken"], "mine");
        string sentence = CommandLine.Refuse(
            "generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", folder["taken"]);
        Assert.Contains("it is a file", sentence);
        Assert.Contains(
            "cannot be written to",
            CommandLine.Refuse("generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", folder["taken/below"]));
        Assert.Equal("mine", File.ReadAllText(folder["taken"]));
    }

    [Fact]
    public void An_output_folder_without_permission_is_named()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Permissions do not bind a privileged user.");
        string closed = folder["closed"];
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other permissions.");
        }
        else
        {
            Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string sentence = CommandLine.Refuse("generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", closed);
        Assert.Contains("permission denied", sentence);
    }

    private string Refuse(params string[] more) => Refuse(NoFiles, more);

    private string Refuse(string[] files, params string[] more)
    {
        string sentence = CommandLine.Refuse(
            ["generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", folder["out"], .. more]);
        Assert.Equal(files, folder.Names);
        return sentence;
    }
}
