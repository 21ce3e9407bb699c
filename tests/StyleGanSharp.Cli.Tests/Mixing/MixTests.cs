using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Cli.Tests.Mixing;

/// <summary>What <c>mix</c> writes, and what it refuses.</summary>
public sealed class MixTests : IDisposable
{
    private const string Description = "generate/images.json";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Tables =>
        GoldenFolder.Has(Description) && GoldenFolder.Json(Description).TryGetProperty("mix", out JsonElement mix)
            ? [mix.GetProperty("snapshot").GetString()!] : [];

    [GoldenTheory, MemberData(nameof(Tables))]
    public void The_table_is_that_of_the_golden_files(string snapshot)
    {
        JsonElement mix = GoldenFolder.Json(Description).GetProperty("mix");
        string name = Path.GetFileNameWithoutExtension(snapshot);
        CommandLine.Succeed(
            "mix", "--network", GoldenFolder.Path(snapshot), "--rows", List(mix, "rows"), "--cols", List(mix, "cols"),
            "--styles", List(mix, "styles"),
            $"--trunc={(mix.TryGetProperty("psi", out JsonElement psi) ? psi.GetRawText() : "1")}", "--outdir", folder["a"]);
        ImageBuffer grid = ImageFile.Read(folder["a/grid.png"]);
        NumpyArray expected = GoldenFolder.Arrays("generate/images.npz")[$"mix/{name}"];
        Assert.Equal([grid.Height, grid.Width, grid.Channels], expected.Shape.ToArray());
        Close.ToBytes(expected.Bytes, grid.Pixels, name);
    }

    [Fact]
    public void Every_cell_is_a_file()
    {
        Mix("a", "--rows", "1,2", "--cols", "3-5", "--styles", "coarse");
        Assert.Equal(["1-3.png", "1-4.png", "1-5.png", "2-3.png", "2-4.png", "2-5.png", "grid.png"], Files("a"));
        ImageBuffer grid = ImageFile.Read(folder["a/grid.png"]), cell = ImageFile.Read(folder["a/2-4.png"]);
        Assert.Equal((4 * 32, 3 * 32), (grid.Width, grid.Height));
        Assert.Equal(cell.Row(7).ToArray(), grid.Row(64 + 7)[(64 * 3)..(96 * 3)].ToArray());
        Assert.All(grid.Row(31)[..(32 * 3)].ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Old_spellings_and_levels_mean_the_same()
    {
        Mix("a", "--rows", "1", "--cols", "3", "--styles", "coarse,5");
        CommandLine.Succeed(
            "style-mixing-example", "--network", CommandLine.Snapshot("sg2-skip-32"), "--row-seeds", "1", "--col_seeds", "3",
            "--col-styles", "0-3,5",
            "--result-dir", folder["b"], "--truncation-psi", "1");
        Assert.Equal(CommandLine.Pixels(folder["a/1-3.png"]), CommandLine.Pixels(folder["b/1-3.png"]));
    }

    [Fact]
    public void Mixtures_of_all_layers_are_the_last_latent()
    {
        CommandLine.Succeed(
            "generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--seeds", "1-9", "--outdir", folder["seeds"]);
        Mix("a", "--mix", "1", "2:0-7");
        AssertSame("seeds/seed0002.png", "a/mix.png");
        Mix("b", "--mix", "1", "2:0-3", "3:4-7", "4:coarse,middle");
        AssertSame("seeds/seed0004.png", "b/mix.png");
        ImageBuffer grid = ImageFile.Read(folder["b/grid.png"]);
        Assert.Equal((5 * 32, 32), (grid.Width, grid.Height));
    }

    [Fact]
    public void Three_latents_in_one_picture_are_two_tables_in_a_row()
    {
        Mix("a", "--mix", "1", "2:0-3");
        Mix("b", "--mix", "1", "2:0-3", "3:6-7");
        Mix("t", "--rows", "1", "--cols", "2", "--styles", "0-3");
        AssertSame("t/1-2.png", "a/mix.png");
        Assert.NotEqual(CommandLine.Pixels(folder["a/mix.png"]), CommandLine.Pixels(folder["b/mix.png"]));
    }

    [Fact]
    public void Latents_may_come_from_a_file()
    {
        string file = folder["w.npz"];
        NpzFile.Write(file, [new("w", NumpyArray.Create<float>(new float[8 * 64], 1, 8, 64))]);
        Mix("a", "--mix", file, $"{file}:2-3", "5:coarse");
        Assert.Equal(["grid.png", "mix.png"], Files("a"));

        NpzFile.Write(file, [new("w", NumpyArray.Create<float>(new float[10 * 64], 1, 10, 64))]);
        Assert.Contains("Was it made with another network?", Refuse("--mix", "5", $"{file}:2"));
    }

    [Fact]
    public void Classes_are_chosen_and_said()
    {
        CommandResult result = CommandLine.Succeed(
            "mix", "--network", CommandLine.Snapshot("sg2-gray-16-c2"), "--rows", "1", "--cols", "2", "--outdir", folder["a"]);
        Assert.Contains("modulo 2", result.Messages);
        Assert.Equal(1, ImageFile.Read(folder["a/grid.png"]).Channels);
    }

    [Fact]
    public void Columns_may_come_from_another_network()
    {
        string other = WriteRandom("other.safetensors", options => options);
        float[] ws = Ws(other, 4);
        NpzFile.Write(folder["w.npz"], [new("w", NumpyArray.Create<float>(ws, 1, 8, 64))]);
        Mix("a", "--rows", "1", "--cols", "4,5", "--styles", "0-7", "--col-network", other);
        CommandLine.Succeed(
            "generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--projected-w", folder["w.npz"], "--outdir",
            folder["g"]);
        AssertSame("g/proj00.png", "a/1-4.png");

        // The columns' own images are those of their network, the rows' those of the first one.
        ImageBuffer grid = ImageFile.Read(folder["a/grid.png"]);
        CommandLine.Succeed("generate", "--network", other, "--seeds", "5", "--outdir", folder["o"]);
        Assert.Equal(ImageFile.Read(folder["o/seed0005.png"]).Row(3).ToArray(), grid.Row(3)[(2 * 96)..].ToArray());
        CommandLine.Succeed(
            "generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--seeds", "1", "--outdir", folder["o"]);
        Assert.Equal(ImageFile.Read(folder["o/seed0001.png"]).Row(3).ToArray(), grid.Row(32 + 3)[..96].ToArray());
    }

    [Fact]
    public void A_column_network_of_another_shape_is_refused()
    {
        string[] table = ["--rows", "1", "--cols", "4", "--col-network"];
        Assert.Contains("it has 10 layers with styles", Refuse([.. table, CommandLine.Snapshot("sg2-skip-64")]));
        Assert.Contains("its styles have 16 numbers", Refuse(
            [.. table, WriteRandom("narrow.safetensors", o => o with { WDim = 16 })]));
        Assert.Contains("32x32 pixels with 1 channels", Refuse(
            [.. table, WriteRandom("gray.safetensors", o => o with { ImageChannels = 1 })]));
        Assert.Contains("--mix excludes", Refuse("--mix", "1", "2:0", "--col-network", "x.pkl"));
        Assert.Contains("no such file", Refuse([.. table, folder["none.pkl"]]));
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("--styles", "0-8", "only the layers 0 to 7")]
    [InlineData("--styles", "fine", "no fine layers")]
    [InlineData("--styles", "5-3", "write 3-5")]
    [InlineData("--styles", "thick", "'thick' is not a layer")]
    [InlineData("--styles", "", "is not a layer")]
    [InlineData("--styles", "-1", "is not a layer")]
    [InlineData("--rows", "a", "--rows a")]
    [InlineData("--cols", "3-1", "--cols 3-1")]
    [InlineData("--class", "1", "unconditional")]
    [InlineData("--trunc", "NaN", "finite")]
    [InlineData("--noise-mode", "loud", "const, random or none")]
    [InlineData("--rows", "0-199999", "pixels")]
    public void Wrong_options_of_a_table_are_named(string option, string value, string words)
    {
        var args = new Dictionary<string, string> { ["--rows"] = "1", ["--cols"] = "2" };
        args[option] = value;
        Assert.Contains(words, Refuse([.. args.SelectMany(a => new[] { a.Key, a.Value })]));
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("at least two", "1")]
    [InlineData("no layers of its own", "1:0-3", "2:4")]
    [InlineData("name the layers", "1", "2")]
    [InlineData("neither a seed nor a .npz", "1", "x:0")]
    [InlineData("only the layers 0 to 7", "1", "2:0-9")]
    public void Wrong_mixtures_are_named(string words, params string[] parts)
    {
        Assert.Contains(words, Refuse(["--mix", .. parts]));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Table_and_mixture_exclude_each_other()
    {
        Assert.Contains("--mix excludes --rows", Refuse("--mix", "1", "2:0", "--rows", "3"));
        Assert.Contains("needs --rows and --cols", Refuse("--rows", "3"));
        Assert.Contains("needs --rows and --cols", Refuse());
    }

    private void Mix(string outdir, params string[] more) =>
        CommandLine.Succeed(["mix", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", folder[outdir], .. more]);

    private string WriteRandom(string name, Func<GeneratorOptions, GeneratorOptions> change)
    {
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(5);
        using var like = (Generator)GeneratorFile.Open(CommandLine.Snapshot("sg2-skip-32")).Load();
        using var random = new Generator(change(like.Options), Initializer.Random(draws));
        NetworkFile.Write(folder[name], random);
        return folder[name];
    }

    private static float[] Ws(string network, uint seed)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        using IGenerator generator = GeneratorFile.Open(network).Load();
        return generator.Map(LatentSeeds.Draw([seed], generator.ZDim).To(DType.Float32), null).ToArray<float>();
    }

    private string Refuse(params string[] more) =>
        CommandLine.Refuse(["mix", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", folder["out"], .. more]);

    private string[] Files(string name) =>
        [.. Directory.GetFiles(folder[name]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private void AssertSame(string one, string other) =>
        Assert.Equal(CommandLine.Pixels(folder[one]), CommandLine.Pixels(folder[other]));

    private static string List(JsonElement mix, string name) =>
        string.Join(',', mix.GetProperty(name).EnumerateArray().Select(e => e.Long()));
}
