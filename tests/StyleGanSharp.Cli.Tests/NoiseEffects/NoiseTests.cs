using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.NoiseEffects;

/// <summary>What <c>noise</c> writes, and what it refuses.</summary>
public sealed class NoiseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Samples_deviation_and_components_are_written()
    {
        CommandResult result = Noise("a", "--seed", "3", "--samples", "5", "--grid", "2x2");
        Assert.Equal(
            ["all.png", "coarse.png", "components.png", "fine.png", "middle.png", "none.png", "samples.png", "stddev.npy",
                "stddev.png"], Files("a"));
        Assert.Contains("over 5 samples", result.Messages);
        Assert.Equal((128, 128, 3), Size("a/samples.png"));
        Assert.Equal((320, 64, 3), Size("a/components.png"));
        Assert.Equal((64, 64, 1), Size("a/stddev.png"));
        Assert.Equal(255, ImageFile.Read(folder["a/stddev.png"]).Pixels.Max());
    }

    [Fact]
    public void Components_are_the_pictures_of_generate()
    {
        Noise("a", "--seed", "3", "--samples", "2", "--grid", "1x1");
        foreach (string levels in (string[])["all", "none", "fine", "middle", "coarse"])
        {
            CommandLine.Succeed(
                "generate", "--network", CommandLine.Snapshot("sg2-skip-64"), "--seeds", "3", "--noise-levels", levels,
                "--outdir", folder["g"]);
            Assert.Equal(CommandLine.Pixels(folder["g/seed0003.png"]), CommandLine.Pixels(folder[$"a/{levels}.png"]));
        }
    }

    [Fact]
    public void The_deviation_is_that_of_the_samples()
    {
        Noise("a", "--seed", "1", "--samples", "3", "--grid", "3x1", "--noise-seed", "7");
        var values = new List<float[]>();
        foreach (string seed in (string[])["7", "8", "9"])
        {
            CommandLine.Succeed(
                "generate", "--network", CommandLine.Snapshot("sg2-skip-64"), "--seeds", "1", "--noise-mode", "random",
                "--noise-seed", seed,
                "--format", "npy", "--outdir", folder["g"]);
            values.Add(NpyFile.Read(folder["g/seed0001.npy"]).ToSingles());
        }

        const int Area = 64 * 64;
        float[] deviations = NpyFile.Read(folder["a/stddev.npy"]).ToSingles();
        for (int i = 0; i < Area; i++)
        {
            double[] grey = [.. values.Select(v => 127.5 * (Limit(v[i]) + Limit(v[i + Area]) + Limit(v[i + (2 * Area)])) / 3)];
            double mean = grey.Average();
            Assert.Equal(Math.Sqrt(grey.Average(g => (g - mean) * (g - mean))), deviations[i], 1e-3);
        }
    }

    [Fact]
    public void A_network_without_fine_noise_says_so()
    {
        CommandResult result = CommandLine.Succeed(
            "noise", "--network", CommandLine.Snapshot("sg2-skip-32"), "--samples", "2", "--grid", "2x1", "--outdir",
            folder["a"]);
        Assert.Contains("no fine noise", result.Messages);
        Assert.Equal(CommandLine.Pixels(folder["a/none.png"]), CommandLine.Pixels(folder["a/fine.png"]));
    }

    [Theory]
    [InlineData("--samples", "1", "2 to 1000000")]
    [InlineData("--samples", "many", "many")]
    [InlineData("--grid", "20x20", "shows 400 samples")]
    [InlineData("--grid", "0x1", "--grid 0x1")]
    [InlineData("--seed", "-1", "whole number")]
    [InlineData("--noise-seed", "x", "whole number")]
    [InlineData("--trunc", "NaN", "finite")]
    [InlineData("--class", "0", "unconditional")]
    public void Wrong_options_are_named(string option, string value, string words)
    {
        Assert.Contains(words, CommandLine.Refuse(
            "noise", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", folder["out"], option, value));
        Assert.Empty(folder.Names);
    }

    private static double Limit(float value) => Math.Clamp(value, -1, 1);

    private CommandResult Noise(string outdir, params string[] more) =>
        CommandLine.Succeed(["noise", "--network", CommandLine.Snapshot("sg2-skip-64"), "--outdir", folder[outdir], .. more]);

    private (int Width, int Height, int Channels) Size(string name)
    {
        ImageBuffer image = ImageFile.Read(folder[name]);
        return (image.Width, image.Height, image.Channels);
    }

    private string[] Files(string name) =>
        [.. Directory.GetFiles(folder[name]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}
