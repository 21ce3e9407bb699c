using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>The project's own model, which counts where no network is named.</summary>
public sealed class LettersModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_network_letters_are_drawn()
    {
        CommandLine.Succeed("generate", "--seeds", "0-15", "--grid", "4x4", "--outdir", folder["out"]);
        ImageBuffer grid = ImageFile.Read(folder["out/grid.png"]);
        Assert.Equal((128, 128, 1), (grid.Width, grid.Height, grid.Channels));

        // White strokes on black: neither noise nor emptiness.
        double white = grid.Pixels.Count(p => p > 200) / (double)grid.Pixels.Length, black = grid.Pixels.Count(p => p < 50) / (
            double)grid.Pixels.Length;
        Assert.InRange(white, 0.05, 0.5);
        Assert.InRange(black, 0.4, 0.95);
    }

    [Fact]
    public void Classes_are_letters_and_can_be_mixed()
    {
        CommandLine.Succeed("generate", "--class", "Q", "--seeds", "1", "--outdir", folder["q"]);
        CommandLine.Succeed("generate", "--class", "A:0.5,Q:0.5", "--seeds", "1", "--outdir", folder["new"]);
        Assert.NotEqual(CommandLine.Pixels(folder["q/seed0001.png"]), CommandLine.Pixels(folder["new/seed0001.png"]));
        Assert.Contains("AA", CommandLine.Refuse("generate", "--class", "AA", "--outdir", folder["none"]));
    }

    [Fact]
    public void Mix_and_video_know_it_too()
    {
        CommandLine.Succeed("mix", "--rows", "1", "--cols", "2", "--class", "B", "--outdir", folder["mix"]);
        CommandLine.Succeed("video", "--seeds", "0,1", "--class", "C", "--w-frames", "2", "--output", folder["film.gif"]);
        Assert.True(new FileInfo(folder["film.gif"]).Length > 0);
    }
}
