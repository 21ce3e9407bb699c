using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>Sweeps of psi, and psi of single layers.</summary>
public sealed class TruncationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_sweep_has_a_row_for_each_seed_and_a_column_for_each_psi()
    {
        Generate("a", "--seeds", "3,8", "--trunc", "-0.5,0..1:3");
        string[] psis = ["-0.5", "0", "0.5", "1"];
        string[] expected =
            [.. psis.Select(psi => $"seed0003-psi{psi}.png"), .. psis.Select(psi => $"seed0008-psi{psi}.png"), "grid.png"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Files("a"));
        ImageBuffer grid = ImageFile.Read(folder["a/grid.png"]);
        Assert.Equal((4 * 32, 2 * 32), (grid.Width, grid.Height));
        for (int column = 0; column < psis.Length; column++)
        {
            Generate("g", "--seeds", "8", $"--trunc={psis[column]}");
            Assert.Equal(CommandLine.Pixels(folder["g/seed0008.png"]), CommandLine.Pixels(
                folder[$"a/seed0008-psi{psis[column]}.png"]));
            Assert.Equal(ImageFile.Read(folder["g/seed0008.png"]).Row(9).ToArray(), grid.Row(
                32 + 9)[(column * 96)..((column + 1) * 96)].ToArray());
        }
    }

    [Fact]
    public void A_sweep_of_raw_output_and_of_given_latents()
    {
        NpzFile.Write(folder["w.npz"], [new("w", NumpyArray.Create<float>([.. Enumerable.Repeat(0.1f, 8 * 64)], 1, 8, 64))]);
        Generate("a", "--projected-w", folder["w.npz"], "--trunc", "0,1", "--format", "npy");
        Assert.Equal(["grid.png", "proj00-psi0.npy", "proj00-psi1.npy"], Files("a"));
    }

    [Fact]
    public void Psis_of_layers_are_those_of_their_levels()
    {
        Generate("a", "--trunc-levels", "coarse=0.5,middle=0.8");
        Generate("b", "--trunc-layers", "0-3:0.5,4-:0.8");
        Generate("c", "--trunc-layers", "0.5,0.5,0.5,0.5,0.8,0.8,0.8,0.8");
        Generate("d", "--trunc", "0.8", "--trunc-layers", "0:0.5,1-3:0.5");
        Generate("e", "--trunc-layers", "0-3:0.5");
        Assert.All((string[])["b", "c", "d"], other => Assert.Equal(Bytes("a"), Bytes(other)));
        Assert.NotEqual(Bytes("a"), Bytes("e"));
    }

    [Fact]
    public void Layers_without_a_psi_of_their_own_are_swept()
    {
        Generate("a", "--trunc", "0.2,0.9", "--trunc-layers", "0-3:0.5");
        Generate("b", "--trunc", "0.9", "--trunc-layers", "0-3:0.5");
        Assert.Equal(Bytes("b"), CommandLine.Pixels(folder["a/seed0000-psi0.9.png"]));
    }

    [Theory]
    [InlineData("given twice", "--trunc", "0.5,0.5")]
    [InlineData("given twice", "--trunc", "0,0..1:3")]
    [InlineData("'0..1' is not a range", "--trunc", "0..1")]
    [InlineData("'0..1:1' is not a range", "--trunc", "0..1:1")]
    [InlineData("'0..1:9999999999' is not a range", "--trunc", "0..1:9999999999")]
    [InlineData("'0..1..2:3' is not a range", "--trunc", "0..1..2:3")]
    [InlineData("more than 1000", "--trunc", "0..1:1000,2..3:2")]
    [InlineData("'' is not a number", "--trunc", "0,,1")]
    [InlineData("finite", "--trunc", "0..Infinity:3")]
    [InlineData("--grid has no effect on a sweep", "--trunc", "0,1", "--grid", "2x1")]
    [InlineData("more than 268435456 pixels", "--trunc", "0..1:1000", "--seeds", "0-999")]
    [InlineData("layer 8, but the network has only the layers 0 to 7", "--trunc-layers", "7-8:0.5")]
    [InlineData("layer 9, but the network has only the layers 0 to 7", "--trunc-layers", "9-:0.5")]
    [InlineData("layer 8, but", "--trunc-layers", "1,1,1,1,1,1,1,1,1")]
    [InlineData("layer 3 is given twice", "--trunc-layers", "0-3:0.5,3:1")]
    [InlineData("layer 6 is given twice", "--trunc-layers", "4-:0.5,6:1")]
    [InlineData("write 2-5", "--trunc-layers", "5-2:0.5")]
    [InlineData("'4' is not a range of layers", "--trunc-layers", "0-3:0.5,4")]
    [InlineData("'x:1' is not a range of layers", "--trunc-layers", "x:1")]
    [InlineData("'b' is not a number", "--trunc-layers", "0:b")]
    [InlineData("'' is not a number", "--trunc-layers", "")]
    [InlineData("finite", "--trunc-layers", "NaN")]
    [InlineData("excludes levels", "--trunc-layers", "0:1", "--trunc-levels", "fine=1")]
    [InlineData("excludes levels", "--trunc-layers", "0:1", "--trunc-cutoff", "3")]
    public void Wrong_values_are_named(string words, params string[] options)
    {
        Assert.Contains(words, CommandLine.Refuse(
            ["generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", folder["out"], .. options]));
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("mix", "--rows", "1", "--cols", "2")]
    [InlineData("noise")]
    [InlineData("video", "--seeds", "1")]
    public void Other_verbs_take_psis_of_layers_but_no_sweep(string verb, params string[] more)
    {
        string[] common = [
            verb, "--network", CommandLine.Snapshot("sg2-skip-32"), verb == "video"
                ? "--frames" : "--outdir", folder["out"], .. more];
        Assert.Contains("only generate", CommandLine.Refuse([.. common, "--trunc", "0,1"]));
        Assert.Contains("layers 0 to 7", CommandLine.Refuse([.. common, "--trunc-layers", "8:1"]));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_network_without_an_average_cannot_be_swept() => Assert.Contains(
        "average of w", CommandLine.Refuse(
            "generate", "--network", Fixtures.GoldenTf.Path("progan-tf-separate-32.pkl"), "--trunc", "0.5,1", "--outdir",
            folder["out"]));

    private void Generate(string outdir, params string[] more) =>
        CommandLine.Succeed(["generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", folder[outdir], .. more]);

    private byte[] Bytes(string outdir) => CommandLine.Pixels(folder[$"{outdir}/seed0000.png"]);

    private IEnumerable<string> Files(string name) =>
        Directory.GetFiles(folder[name]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
