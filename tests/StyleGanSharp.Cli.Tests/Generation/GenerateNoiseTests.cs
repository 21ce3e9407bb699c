using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>The noise options of <c>generate</c>.</summary>
public sealed class GenerateNoiseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Random_noise_is_repeatable_and_chosen_by_its_seed()
    {
        byte[] first = Picture("--noise-mode", "random");
        Assert.Equal(first, Picture("--noise-mode", "random"));
        Assert.Equal(first, Picture("--noise-mode", "random", "--noise-seed", "5"));
        Assert.NotEqual(first, Picture("--noise-mode", "random", "--noise-seed", "6"));
        Assert.NotEqual(first, Picture());
    }

    [Fact]
    public void Noise_on_no_level_is_no_noise()
    {
        byte[] none = Picture("--noise-mode", "none");
        Assert.Equal(none, Picture("--noise-levels", "none"));
        Assert.NotEqual(none, Picture());
        Assert.Equal(Picture(), Picture("--noise-levels", "coarse,middle,fine"));
        Assert.Equal(Picture(), Picture("--noise-levels", "all"));
    }

    [Fact]
    public void Every_level_changes_the_picture()
    {
        byte[][] pictures = [
            Picture(), Picture("--noise-levels", "coarse"), Picture("--noise-levels", "middle"), Picture(
                "--noise-levels", "fine")];
        Assert.Equal(4, pictures.Select(Convert.ToHexString).Distinct().Count());
    }

    // Seed 5, whose noise is that of --noise-seed 5.
    private byte[] Picture(params string[] more)
    {
        CommandLine.Succeed(
            ["generate", "--network", CommandLine.Snapshot("sg2-skip-64"), "--seeds", "5", "--outdir", folder.Path, .. more]);
        return CommandLine.Pixels(folder["seed0005.png"]);
    }
}
