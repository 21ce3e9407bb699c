using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>What <c>generate</c> writes.</summary>
public sealed class GenerateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> GoldenPictures => [.. GoldenPicture.Keys];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Seeds_become_files_with_their_numbers()
    {
        CommandResult result = Generate("sg2-skip-32", "a", "--seeds", "0,7,1000-1001,12345");
        Assert.Empty(result.Results);
        Assert.Equal(["seed0000.png", "seed0007.png", "seed1000.png", "seed1001.png", "seed12345.png"], Files("a"));
        ImageBuffer picture = ImageFile.Read(folder["a/seed0007.png"]);
        Assert.Equal((32, 32, 3), (picture.Width, picture.Height, picture.Channels));
    }

    [Fact]
    public void Without_seeds_it_is_seed_0()
    {
        Generate("sg2-skip-32", "a");
        Assert.Equal(["seed0000.png"], Files("a"));
    }

    [GoldenTheory, MemberData(nameof(GoldenPictures))]
    public void Pictures_are_those_of_the_golden_files(string key)
    {
        GoldenPicture golden = GoldenPicture.Of(key);
        CommandLine.Succeed(
            ["generate", "--network", golden.Network, "--outdir", folder["a"], "--device", "cpu", .. golden.Arguments]);
        Close.ToBytes(GoldenFolder.Arrays(GoldenPicture.Archive)[key].Bytes, ImageFile.Read(
            folder[$"a/seed{golden.Seed:d4}.png"]).Pixels, key);
    }

    [Fact]
    public void A_grid_comes_in_addition_and_holds_the_pictures_in_rows()
    {
        Generate("sg2-skip-32", "a", "--seeds", "0-2", "--grid", "2x2");
        Assert.Equal(["grid.png", "seed0000.png", "seed0001.png", "seed0002.png"], Files("a"));
        ImageBuffer grid = ImageFile.Read(folder["a/grid.png"]), third = ImageFile.Read(folder["a/seed0002.png"]);
        Assert.Equal((64, 64), (grid.Width, grid.Height));
        Assert.Equal(third.Row(5).ToArray(), grid.Row(32 + 5)[..(32 * 3)].ToArray());
    }

    [Fact]
    public void Raw_output_is_one_array_per_picture_and_nothing_else()
    {
        Generate("sg2-skip-32", "a", "--seeds", "3-4", "--format", "npy", "--grid", "2x1");
        Assert.Equal(["grid.png", "seed0003.npy", "seed0004.npy"], Files("a"));
        NumpyArray array = NpyFile.Read(folder["a/seed0003.npy"]);
        Assert.Equal(NumpyType.Float32, array.Type);
        Assert.Equal([1, 3, 32, 32], array.Shape.ToArray());
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("webp")]
    public void Other_formats_are_written_under_their_extension(string format)
    {
        Generate("sg2-skip-32", "a", "--format", format);
        Assert.Equal([$"seed0000.{format}"], Files("a"));
        Assert.Equal(32, ImageFile.Read(folder[$"a/seed0000.{format}"]).Width);
    }

    [Fact]
    public void Given_z_make_the_pictures_of_their_seeds()
    {
        using var scope = new TensorScope();
        Tensor z = LatentSeeds.Draw([5, 6], 64).To(DType.Float32);
        NpyFile.Write(folder["z.npy"], NumpyArray.Create<float>(z.ToArray<float>(), 2, 64));
        Generate("sg2-skip-32", "a", "--seeds", "5-6", "--trunc", "0.7");
        Generate("sg2-skip-32", "b", "--latents", folder["z.npy"], "--trunc", "0.7");
        Assert.Equal(["latent0000.png", "latent0001.png"], Files("b"));
        AssertSame("a/seed0005.png", "b/latent0000.png");
        AssertSame("a/seed0006.png", "b/latent0001.png");
    }

    [Fact]
    public void Given_w_make_the_pictures_they_were_taken_from()
    {
        using (var scope = new TensorScope())
        using (Torch.Autograd.GradMode.Off())
        using (var network = Networks.Checkpoints.NetworkLoader.LoadGenerator(
            Networks.Checkpoints.SnapshotFile.Read(CommandLine.Snapshot("sg2-skip-32"))))
        {
            // One by one, as the program does: in a batch the sums of a product come in another order.
            float[] ws = [.. new uint[] { 8, 9 }.SelectMany(
                seed => network.Map(LatentSeeds.Draw([seed], 64).To(DType.Float32), null).ToArray<float>())];
            NpzFile.Write(folder["w.npz"], [new("w", NumpyArray.Create<float>(ws, 2, 8, 64))]);
        }

        Generate("sg2-skip-32", "a", "--seeds", "8-9");
        Generate("sg2-skip-32", "b", "--projected-w", folder["w.npz"]);
        Assert.Equal(["proj00.png", "proj01.png"], Files("b"));
        AssertSame("a/seed0008.png", "b/proj00.png");
        AssertSame("a/seed0009.png", "b/proj01.png");
    }

    [Fact]
    public void Old_spellings_and_underscores_mean_the_same()
    {
        Generate("sg2-skip-32", "a", "--seeds", "4", "--trunc", "0.5", "--trunc-cutoff", "3");
        CommandLine.Succeed(
            "generate-images", "--network", CommandLine.Snapshot("sg2-skip-32"), "--seeds", "4", "--truncation-psi=0.5",
            "--truncation_cutoff", "3",
            "--result-dir", folder["b"]);
        CommandLine.Succeed(
            "generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--seeds=4", "--trunc=0.5", "--trunc_cutoff=3",
            "--outdir", folder["c_d"]);
        AssertSame("a/seed0004.png", "b/seed0004.png");
        AssertSame("a/seed0004.png", "c_d/seed0004.png");
    }

    [Fact]
    public void One_psi_on_all_levels_is_the_common_psi()
    {
        Generate("sg2-skip-64", "a", "--seeds", "4", "--trunc", "0.5");
        Generate("sg2-skip-64", "b", "--seeds", "4", "--trunc-levels", "coarse=0.5,middle=0.5,fine=0.5");
        Generate("sg2-skip-64", "c", "--seeds", "4", "--trunc", "0.5", "--trunc-levels", "coarse=1");
        AssertSame("a/seed0004.png", "b/seed0004.png");
        AssertDifferent("a/seed0004.png", "c/seed0004.png");
    }

    [Fact]
    public void A_conditional_network_says_how_classes_are_chosen()
    {
        CommandResult result = Generate("sg2-gray-16-c2", "a", "--seeds", "2-3");
        Assert.Contains("its seed (or row) modulo 2; --class chooses one", result.Messages);
        Assert.Equal(1, ImageFile.Read(folder["a/seed0002.png"]).Channels);

        Assert.DoesNotContain("modulo", Generate("sg2-gray-16-c2", "b", "--seeds", "2-3", "--class", "1").Messages);
        AssertSame("a/seed0003.png", "b/seed0003.png");
        AssertDifferent("a/seed0002.png", "b/seed0002.png");
    }

    [Fact]
    public void Writing_again_replaces_the_pictures()
    {
        Generate("sg2-skip-32", "a", "--seeds", "1", "--trunc", "0");
        byte[] before = CommandLine.Pixels(folder["a/seed0001.png"]);
        Generate("sg2-skip-32", "a", "--seeds", "1");
        Assert.NotEqual(before, CommandLine.Pixels(folder["a/seed0001.png"]));
        Assert.Equal(["seed0001.png"], Files("a"));
    }

    private CommandResult Generate(string snapshot, string outdir, params string[] more) =>
        CommandLine.Succeed(["generate", "--network", CommandLine.Snapshot(snapshot), "--outdir", folder[outdir], .. more]);

    private string[] Files(string name) =>
        [.. Directory.GetFiles(folder[name]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private void AssertSame(string one, string other) =>
        Assert.Equal(CommandLine.Pixels(folder[one]), CommandLine.Pixels(folder[other]));

    private void AssertDifferent(string one, string other) =>
        Assert.NotEqual(CommandLine.Pixels(folder[one]), CommandLine.Pixels(folder[other]));
}
