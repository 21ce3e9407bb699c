using System.Text.Json;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Sampling;

namespace StyleGanSharp.Training.Tests.Sampling;

/// <summary>The field's orders; the data set of these cases is synthetic-32x32, 20 pictures in 3 classes.</summary>
[Trait("Kind", "Golden")]
public sealed class SamplingGoldenTests
{
    private static readonly JsonElement Expected = GoldenFolder.Json("dataset/expected.json");

    public static TheoryData<int> ReaderCases => Cases("reader_options");

    public static TheoryData<int> SamplerCases => Cases("sampler");

    public static TheoryData<int> GridCases => Cases("snapshot_grid");

    [Theory]
    [MemberData(nameof(ReaderCases))]
    public void A_view_has_the_expected_items(int number)
    {
        JsonElement expected = Expected.GetProperty("reader_options")[number];
        JsonElement options = expected.GetProperty("options");
        using ImageDataset dataset = Open();
        var view = new DatasetView(dataset, new DatasetViewOptions
        {
            MaxSize = options.TryGetProperty("max_size", out JsonElement size) ? size.GetInt32() : null,
            RandomSeed = options.TryGetProperty("random_seed", out JsonElement seed) ? seed.GetUInt32() : 0,
            FlipX = options.TryGetProperty("xflip", out JsonElement flip) && flip.GetBoolean(),
            UseLabels = true,
        });
        Assert.Equal(expected.GetProperty("length").GetInt32(), view.Count);
        DatasetItem[] items = [.. Enumerable.Range(0, view.Count).Select(i => view[i])];
        Assert.Equal(Numbers(expected.GetProperty("raw_idx")), items.Select(i => i.Index));
        Assert.Equal(expected.GetProperty("xflip").EnumerateArray().Select(f => f.GetBoolean()), items.Select(i => i.FlipX));
        Assert.Equal(Numbers(expected.GetProperty("raw_label")), items.Select(i => dataset.Labels.Class(i.Index)));
    }

    [Theory]
    [MemberData(nameof(SamplerCases))]
    public void The_sampler_draws_the_expected_numbers(int number)
    {
        JsonElement expected = Expected.GetProperty("sampler")[number];
        JsonElement options = expected.GetProperty("options");
        int count = expected.GetProperty("dataset_size").GetInt32();
        int[] numbers = Numbers(expected.GetProperty("indices"));
        var chosen = new InfiniteSamplerOptions
        {
            Seed = options.TryGetProperty("seed", out JsonElement seed) ? seed.GetUInt32() : 0,
            Rank = options.TryGetProperty("rank", out JsonElement rank) ? rank.GetInt32() : 0,
            Replicas = options.TryGetProperty("num_replicas", out JsonElement replicas) ? replicas.GetInt32() : 1,
            Shuffle = !options.TryGetProperty("shuffle", out JsonElement shuffle) || shuffle.GetBoolean(),
            Window = options.TryGetProperty("window_size", out JsonElement window) ? window.GetDouble() : 0.5,
        };
        Assert.Equal(numbers, new InfiniteSampler(count, chosen).Take(numbers.Length));

        // A run that goes on draws what the run would have drawn.
        foreach (int start in new[] { 1, 19, 20, 77 })
        {
            Assert.Equal(numbers[start..], new InfiniteSampler(count, chosen, start).Take(numbers.Length - start));
        }
    }

    [Theory]
    [MemberData(nameof(GridCases))]
    public void The_grid_shows_the_expected_items(int number)
    {
        JsonElement expected = Expected.GetProperty("snapshot_grid")[number];
        using ImageDataset dataset = Open();
        var view = new DatasetView(dataset, new DatasetViewOptions { UseLabels = expected.GetProperty("use_labels").GetBoolean() });
        (int columns, int rows) = PreviewGrid.FullSize(dataset.Width, dataset.Height);
        Assert.Equal((expected.GetProperty("gw").GetInt32(), expected.GetProperty("gh").GetInt32()), (columns, rows));
        Assert.Equal(Numbers(expected.GetProperty("indices")), PreviewGrid.Choose(view, columns, rows).Indices);
    }

    [Fact]
    public void Mirrored_items_are_the_expected_pixels()
    {
        NumpyArray expected = GoldenFolder.Arrays("dataset/expected.npz")["synthetic-32x32/xflip_item"];
        using ImageDataset dataset = Open();
        var view = new DatasetView(dataset, new DatasetViewOptions { FlipX = true });
        using var loader = new DatasetLoader(
            dataset, view.InOrder(Enumerable.Range(0, view.Count)), new DatasetLoaderOptions { BatchSize = view.Count });
        using DatasetBatch batch = loader.Next()!;
        byte[][] pictures = [.. batch.Pixels.Chunk(dataset.ImageBytes)];
        byte[][] wanted = [.. expected.AsSpan<byte>().ToArray().Chunk(dataset.ImageBytes)];
        int[] found = [.. wanted.Select(w => Array.FindIndex(pictures, p => p.AsSpan().SequenceEqual(w)))];
        Assert.All(found, f => Assert.InRange(f, dataset.Count, view.Count - 1));
        Assert.All(found, f => Assert.True(view[f].FlipX));
    }

    private static ImageDataset Open() => ImageDataset.Open(GoldenFolder.Path("dataset/synthetic-32x32.zip"));

    private static int[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(n => n.GetInt32())];

    private static TheoryData<int> Cases(string name) => new(Enumerable.Range(0, Expected.GetProperty(name).GetArrayLength()));
}
