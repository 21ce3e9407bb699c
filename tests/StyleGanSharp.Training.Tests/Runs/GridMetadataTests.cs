using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Tests.Runs;

public sealed class GridMetadataTests
{
    private static readonly (string File, string Kind, long? Images)[] Grids =
        [("reals.png", "reals", null), ("fakes_init.png", "fakes", 0), ("fakes000000.png", "fakes", 8)];

    [Fact]
    public void Grids_carry_the_options_of_the_run_without_paths()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["run"], TinyRun.Options(8) with { StartFrom = @"C:\networks\start.pkl" });
        foreach ((string file, string kind, long? images) in Grids)
        {
            IReadOnlyDictionary<string, string> texts = ImageFile.ReadTexts(Path.Combine(folder["run"], file));
            JsonElement json = JsonDocument.Parse(texts[GridMetadata.Key]).RootElement;
            Assert.Equal(kind, json.GetProperty("kind").GetString());
            JsonElement seen = json.GetProperty("images");
            Assert.Equal(images, seen.ValueKind == JsonValueKind.Number ? seen.GetInt64() : null);
            JsonElement options = json.GetProperty("options");
            Assert.Equal(Path.GetFileName(TinyRun.Data), options.GetProperty("data").GetProperty("path").GetString());
            Assert.Equal("start.pkl", options.GetProperty("start_from").GetString());
            Assert.Contains(kind == "reals"
                ? "real images of synthetic-32x32"
                : " kimg of training on synthetic-32x32", texts["parameters"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void They_carry_nothing_on_request()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["run"], TinyRun.Options(8), new RunSettings { Metadata = false });
        Assert.All(Grids, grid => Assert.Empty(ImageFile.ReadTexts(Path.Combine(folder["run"], grid.File))));
    }
}
