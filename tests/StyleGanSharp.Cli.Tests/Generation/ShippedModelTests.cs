using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>The project's own models: portraits, which count where no network is named, and letters.</summary>
public sealed class ShippedModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_network_portraits_are_drawn()
    {
        CommandLine.Succeed("generate", "--seeds", "0-15", "--trunc", "0.7", "--grid", "4x4", "--outdir", folder["out"]);
        ImageBuffer grid = ImageFile.Read(folder["out/grid.png"]);
        Assert.Equal((256, 256, 3), (grid.Width, grid.Height, grid.Channels));

        // Sixteen faces that the detector knows, most of them: neither noise nor one and the same image.
        CommandResult faces = CommandLine.Succeed(
            ["faces", .. Enumerable.Range(0, 16).Select(i => folder[$"out/seed{i:0000}.png"]), "--parts", "box", "--json"]);
        using JsonDocument found = JsonDocument.Parse(faces.Results);
        Assert.InRange(
            found.RootElement.GetProperty("images").EnumerateArray().Count(i => i.GetProperty("faces").GetArrayLength() == 1), 14,
            16);
        Assert.Equal(16, Enumerable.Range(0, 16).Select(i => Convert.ToHexString(
            CommandLine.Pixels(folder[$"out/seed{i:0000}.png"]))).Distinct().Count());
    }

    [Fact]
    public void Letters_are_drawn_by_name()
    {
        CommandLine.Succeed(
            "generate", "--network", "letters", "--seeds", "0-15", "--grid", "4x4", "--outdir", folder["out"]);
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
        CommandLine.Succeed("generate", "--network", "letters", "--class", "Q", "--seeds", "1", "--outdir", folder["q"]);
        CommandLine.Succeed(
            "generate", "--network", "letters", "--class", "A:0.5,Q:0.5", "--seeds", "1", "--outdir", folder["new"]);
        Assert.NotEqual(CommandLine.Pixels(folder["q/seed0001.png"]), CommandLine.Pixels(folder["new/seed0001.png"]));
        Assert.Contains("AA", CommandLine.Refuse(
            "generate", "--network", "letters", "--class", "AA", "--outdir", folder["none"]));
    }

    [Fact]
    public void Mix_and_video_know_it_too()
    {
        CommandLine.Succeed("mix", "--rows", "1", "--cols", "2", "--styles", "coarse", "--outdir", folder["mix"]);
        CommandLine.Succeed("video", "--seeds", "0,1", "--w-frames", "2", "--output", folder["film.gif"]);
        Assert.True(new FileInfo(folder["film.gif"]).Length > 0);
    }
}
