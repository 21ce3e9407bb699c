using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>What made this image? Requests inside image files, and <c>generate --from</c>.</summary>
public sealed class MetadataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("png")]
    [InlineData("webp")]
    public void An_image_is_made_again_byte_for_byte(string format)
    {
        string[] options =
        [
            "--network", CommandLine.Snapshot("ada-skip-32-c3"), "--seeds", "5", "--trunc", "0.6", "--trunc-levels", "fine=1",
            "--class", "1",
            "--noise-mode", "random", "--format", format, "--grid", "1x1",
        ];
        CommandLine.Succeed(["generate", .. options, "--outdir", folder["a"]]);
        foreach (string name in new[] { $"seed0005.{format}", "grid.png" })
        {
            CommandLine.Succeed(
                "generate", "--from", folder[$"a/{name}"], "--network", CommandLine.Snapshot("ada-skip-32-c3"), "--outdir",
                folder["b"]);
            Assert.Equal(File.ReadAllBytes(folder[$"a/{name}"]), File.ReadAllBytes(folder[$"b/{name}"]));
        }

        string json = CommandLine.Succeed("inspect", folder[$"a/seed0005.{format}"], "--json").Results;
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement request = document.RootElement.GetProperty("request");
        Assert.Equal((5u, 0.6), (
            request.GetProperty("latent").GetProperty("seed").GetUInt32(), request.GetProperty("truncation").GetProperty("psi")
                .GetDouble()));
        Assert.Equal("ada-skip-32-c3.pkl", request.GetProperty("model").GetProperty("name").GetString());
        Assert.DoesNotContain(
            folder.Path, json.Replace(
                JsonEncodedText.Encode(folder[$"a/seed0005.{format}"]).ToString(), "", StringComparison.Ordinal),
                    StringComparison.Ordinal);
        Assert.Contains("seed 5, psi 0.6", CommandLine.Succeed("inspect", folder[$"a/seed0005.{format}"]).Results,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Mixed_images_and_tables_are_made_again()
    {
        CommandLine.Succeed(
            "mix", "--network", CommandLine.Snapshot("sg2-skip-32"), "--rows", "1,2", "--cols", "3", "--styles", "coarse",
            "--outdir", folder["a"]);
        foreach (string name in new[] { "1-3.png", "grid.png" })
        {
            CommandLine.Succeed(
                "generate", "--from", folder[$"a/{name}"], "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir",
                folder["b"]);
            Assert.Equal(File.ReadAllBytes(folder[$"a/{name}"]), File.ReadAllBytes(folder[$"b/{name}"]));
        }
    }

    [Fact]
    public void Metadata_can_be_left_out()
    {
        CommandLine.Succeed("generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", folder["a"]);
        CommandLine.Succeed(
            "generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--no-metadata", "--outdir", folder["b"]);
        Assert.Equal(CommandLine.Pixels(folder["a/seed0000.png"]), CommandLine.Pixels(folder["b/seed0000.png"]));
        Assert.NotEmpty(ImageFile.ReadTexts(folder["a/seed0000.png"]));
        Assert.Empty(ImageFile.ReadTexts(folder["b/seed0000.png"]));
        Assert.Contains("--from", CommandLine.Refuse("generate", "--from", folder["b/seed0000.png"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_other_programs_and_forged_requests_are_refused()
    {
        var image = new ImageBuffer(4, 4, 3);
        ImageFile.Write(folder["a1111.png"], image,
            new ImageWriteOptions { Texts = new Dictionary<string, string> { ["parameters"] = "a cat\nSteps: 20" } });
        ImageFile.Write(folder["forged.png"], image,
            new ImageWriteOptions
            {
                Texts = new Dictionary<string,
                string>
                { ["stylegan"] = """{"kind":"image","latent":{"seed":1},"truncation":{"psi":"x"}}""" }
            });
        ImageFile.Write(folder["huge.png"], image,
            new ImageWriteOptions { Texts = new Dictionary<string, string> { ["stylegan"] = new string('[', 2_000_000) } });
        Assert.Contains("no request of this program", CommandLine.Refuse("generate", "--from", folder["a1111.png"]),
            StringComparison.Ordinal);
        Assert.Contains("a cat", CommandLine.Succeed("inspect", folder["a1111.png"]).Results, StringComparison.Ordinal);
        Assert.Contains("--from", CommandLine.Refuse("generate", "--from", folder["forged.png"]), StringComparison.Ordinal);
        Assert.Contains("--from", CommandLine.Refuse("generate", "--from", folder["huge.png"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_is_gone_or_another_one_is_named()
    {
        File.Copy(CommandLine.Snapshot("sg2-skip-32"), folder["mine.pkl"]);
        CommandLine.Succeed("generate", "--network", folder["mine.pkl"], "--outdir", folder["a"]);
        string sentence = CommandLine.Refuse("generate", "--from", folder["a/seed0000.png"], "--outdir", folder["b"]);
        Assert.Contains("mine.pkl", sentence, StringComparison.Ordinal);
        Assert.Contains("--network", sentence, StringComparison.Ordinal);
        CommandResult other = CommandLine.Succeed(
            "generate", "--from", folder["a/seed0000.png"], "--network", CommandLine.Snapshot("sg2-skip-64"), "--outdir",
            folder["b"]);
        Assert.Contains("weights differ", other.Messages, StringComparison.Ordinal);
        Assert.Contains("--from", CommandLine.Refuse("generate", "--from", folder["a/seed0000.png"], "--trunc", "0.5"),
            StringComparison.Ordinal);
    }
}
