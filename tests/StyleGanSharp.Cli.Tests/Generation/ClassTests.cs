using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>Classes by number, by name and as mixtures, in every verb that makes images.</summary>
public sealed class ClassTests : IDisposable
{
    private const string Unnamed = "ada-skip-32-c3";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_name_is_the_class_with_its_number()
    {
        string named = Named("cat", "dog", "0");
        Generate("a", CommandLine.Snapshot(Unnamed), "1");
        Generate("b", named, "dog");
        Generate("c", named, "1");
        AssertSame("a", "b");
        AssertSame("a", "c");

        // Names go before numbers.
        Generate("d", CommandLine.Snapshot(Unnamed), "2");
        Generate("e", named, "0");
        AssertSame("d", "e");
    }

    [Fact]
    public void A_mixture_is_the_weighted_label()
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        using IGenerator network = GeneratorFile.Open(CommandLine.Snapshot(Unnamed)).Load();
        Tensor ws = network.Map(LatentSeeds.Draw([0], network.ZDim).To(DType.Float32), Tensor.From([0.25f, 0, 0.75f], [1, 3]));
        float[] expected = network.Synthesize(ws, NoiseInput.Const).ToArray<float>();

        // Weights are brought to a sum of 1.
        foreach (string mixture in (string[])["0:0.25,2:0.75", "0:1, 2:3", "2:1.5,0:0.5"])
        {
            CommandLine.Succeed(
                "generate", "--network", CommandLine.Snapshot(Unnamed), "--class", mixture, "--format", "npy", "--outdir",
                folder["a"]);
            Assert.Equal(expected, NpyFile.Read(folder["a/seed0000.npy"]).ToSingles());
        }
    }

    [Fact]
    public void Names_with_commas_and_colons_are_found_as_they_are()
    {
        string named = Named("tench, Tinca tinca", "a:0.5", "dog");
        Generate("a", named, "0");
        Generate("b", named, "tench, Tinca tinca");
        AssertSame("a", "b");
        Generate("c", named, "1:1,2:1");
        Generate("d", named, "a:0.5,dog");
        AssertSame("c", "d");
    }

    [Fact]
    public void Every_verb_takes_names_and_mixtures()
    {
        string named = Named("cat", "dog", "wild");
        Generate("g", named, "cat:0.5,wild:0.5");
        CommandLine.Succeed(
            "mix", "--network", named, "--class", "cat:0.5,wild:0.5", "--rows", "0", "--cols", "1", "--styles", "0", "--outdir",
            folder["m"]);
        ImageBuffer picture = ImageFile.Read(folder["g/seed0000.png"]), table = ImageFile.Read(folder["m/grid.png"]);
        Assert.Equal(picture.Row(5).ToArray(), table.Row(32 + 5)[..(32 * 3)].ToArray());
        CommandLine.Succeed(
            "noise", "--network", named, "--class", "cat:0.5,wild:0.5", "--samples", "2", "--grid", "1x1", "--outdir",
            folder["n"]);
        Assert.Equal(CommandLine.Pixels(folder["g/seed0000.png"]), CommandLine.Pixels(folder["n/all.png"]));
        CommandLine.Succeed(
            "video", "--network", named, "--seeds", "0", "--class", "cat:0.5,wild:0.5", "--w-frames", "1", "--frames",
            folder["v"]);
        Close.ToBytes(picture.Pixels, ImageFile.Read(folder["v/frame000000.png"]).Pixels, "frame 0");
    }

    [Fact]
    public void A_video_passes_from_class_to_mixture()
    {
        string named = Named("cat", "dog", "wild");
        CommandLine.Succeed(
            "video", "--network", named, "--seeds", "0", "--motion", "classes", "--classes", "cat,1-2", "cat:0.5,wild:0.5",
            "--w-frames", "2", "--frames", folder["v"]);
        Assert.Equal(8, Directory.GetFiles(folder["v"]).Length);
        string[] keys = ["cat", "dog", "wild", "cat:0.5,wild:0.5"];
        for (int i = 0; i < keys.Length; i++)
        {
            Generate("g", named, keys[i]);
            Close.ToBytes(ImageFile.Read(folder["g/seed0000.png"]).Pixels, ImageFile.Read(
                folder[$"v/frame{2 * i:d6}.png"]).Pixels, keys[i]);
        }
    }

    [Theory]
    [InlineData("Dog", "did you mean dog (there are 3, numbered 0 to 2)?")]
    [InlineData("dgo,cat", "dgo")]
    [InlineData("car", "did you mean cat")]
    [InlineData("hippopotamus", "called cat, dog, wild cat")]
    [InlineData("3", "numbered 0 to 2")]
    [InlineData("cat:0,dog:1", "'0' is not a weight")]
    [InlineData("cat:-1,dog:1", "'-1' is not a weight")]
    [InlineData("cat:NaN", "'NaN' is not a weight")]
    [InlineData("cat:1e300", "is not a weight")]
    [InlineData("cat:,dog:1", "'' is not a weight")]
    [InlineData("cat:0.5,0:0.5", "given twice")]
    [InlineData("", "--class")]
    [InlineData("cat,", "not a class")]
    public void Wrong_classes_and_weights_are_named(string text, string words)
    {
        string named = Named("cat", "dog", "wild cat");
        Assert.Contains(words, CommandLine.Refuse("generate", "--network", named, "--class", text, "--outdir", folder["out"]));
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void Without_names_in_the_file_there_are_numbers_only()
    {
        string sentence = CommandLine.Refuse(
            "generate", "--network", CommandLine.Snapshot(Unnamed), "--class", "cat", "--outdir", folder["out"]);
        Assert.Contains("numbered 0 to 2, and the file has no names", sentence);
    }

    [Fact]
    public void Names_survive_a_second_conversion()
    {
        string named = Named("cat", "dog", "wild");
        CommandLine.Succeed("convert", named, folder["again.safetensors"]);
        Assert.Equal(File.ReadAllBytes(named), File.ReadAllBytes(folder["again.safetensors"]));
    }

    [Fact]
    public void Names_that_do_not_fit_are_refused()
    {
        string source = CommandLine.Snapshot(Unnamed), names = folder["names.txt"];
        Assert.Contains("does not exist", CommandLine.Refuse("convert", source, folder["a.safetensors"], "--class-names", names));
        File.WriteAllLines(names, ["cat", "dog"]);
        Assert.Contains("2 names for 3 classes", CommandLine.Refuse(
            "convert", source, folder["a.safetensors"], "--class-names", names));
        File.WriteAllLines(names, ["cat", "dog", "cat"]);
        Assert.Contains("class 2 has the same name", CommandLine.Refuse(
            "convert", source, folder["a.safetensors"], "--class-names", names));
        File.WriteAllLines(names, ["cat", "", "dog"]);
        Assert.Contains("name of class 1", CommandLine.Refuse(
            "convert", source, folder["a.safetensors"], "--class-names", names));
        Assert.Contains("no place for names", CommandLine.Refuse("convert", source, folder["a.pt"], "--class-names", names));
        Assert.Contains("unconditional", CommandLine.Refuse(
            "convert", CommandLine.Snapshot("sg2-skip-32"), folder["a.safetensors"], "--class-names", names));
        Assert.Equal(["names.txt"], folder.Names);
    }

    private string Named(params string[] names)
    {
        File.WriteAllLines(folder["names.txt"], names);
        CommandLine.Succeed(
            "convert", CommandLine.Snapshot(Unnamed), folder["named.safetensors"], "--class-names", folder["names.txt"],
            "--force");
        return folder["named.safetensors"];
    }

    private void Generate(string outdir, string network, string label) =>
        CommandLine.Succeed("generate", "--network", network, "--class", label, "--outdir", folder[outdir]);

    private void AssertSame(string one, string other) =>
        Assert.Equal(CommandLine.Pixels(folder[$"{one}/seed0000.png"]), CommandLine.Pixels(folder[$"{other}/seed0000.png"]));
}
