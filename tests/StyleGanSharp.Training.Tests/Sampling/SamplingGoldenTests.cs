using System.Text.Json;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Sampling;

namespace StyleGanSharp.Training.Tests.Sampling;

/// <summary>The field's orders, of the data set that the golden file takes its mirrored item from.</summary>
public sealed class SamplingGoldenTests
{
    private const string Description = "dataset/expected.json";
    private const string Archive = "dataset/expected.npz";
    private const string Mirrored = "/xflip_item";

    public static TheoryData<int> ReaderCases => Cases("reader_options");

    public static TheoryData<int> SamplerCases => Cases("sampler");

    public static TheoryData<int> GridCases => Cases("snapshot_grid");

    public static TheoryData<string> MirroredItems =>
        [.. GoldenFolder.Keys(Archive).Where(k => k.EndsWith(Mirrored, StringComparison.Ordinal))];

    private static JsonElement Expected => GoldenFolder.Json(Description);

    [GoldenTheory]
    [MemberData(nameof(ReaderCases))]
    public void A_view_has_the_expected_items(int number)
    {
        JsonElement expected = Expected.GetProperty("reader_options")[number];
        JsonElement options = expected.GetProperty("options");
        using ImageDataset dataset = Open();
        var view = new DatasetView(dataset, new DatasetViewOptions
        {
            MaxSize = options.TryGetProperty("max_size", out JsonElement size) ? size.Int() : null,
            RandomSeed = options.TryGetProperty("random_seed", out JsonElement seed) ? (uint)seed.Long() : 0,
            FlipX = options.TryGetProperty("xflip", out JsonElement flip) && flip.GetBoolean(),
            UseLabels = true,
        });
        Assert.Equal(expected.GetProperty("length").Int(), view.Count);
        DatasetItem[] items = [.. Enumerable.Range(0, view.Count).Select(i => view[i])];
        Assert.Equal(Numbers(expected.GetProperty("raw_idx")), items.Select(i => i.Index));
        Assert.Equal(expected.GetProperty("xflip").EnumerateArray().Select(f => f.GetBoolean()), items.Select(i => i.FlipX));
        if (expected.TryGetProperty("raw_label", out JsonElement labels))
        {
            Assert.Equal(Numbers(labels), items.Select(i => dataset.Labels.Class(i.Index)));
        }
    }

    [GoldenTheory]
    [MemberData(nameof(SamplerCases))]
    public void The_sampler_draws_the_expected_numbers(int number)
    {
        JsonElement expected = Expected.GetProperty("sampler")[number];
        JsonElement options = expected.GetProperty("options");
        int count = expected.GetProperty("dataset_size").Int();
        int[] numbers = Numbers(expected.GetProperty("indices"));
        var chosen = new InfiniteSamplerOptions
        {
            Seed = options.TryGetProperty("seed", out JsonElement seed) ? (uint)seed.Long() : 0,
            Rank = options.TryGetProperty("rank", out JsonElement rank) ? rank.Int() : 0,
            Replicas = options.TryGetProperty("num_replicas", out JsonElement replicas) ? replicas.Int() : 1,
            Shuffle = !options.TryGetProperty("shuffle", out JsonElement shuffle) || shuffle.GetBoolean(),
            Window = options.TryGetProperty("window_size", out JsonElement window) ? window.GetDouble() : 0.5,
        };
        Assert.Equal(numbers, new InfiniteSampler(count, chosen).Take(numbers.Length));

        // A run that goes on draws what the run would have drawn.
        foreach (int start in new[] { 1, count - 1, count, (4 * count) - 3 }.Where(s => s < numbers.Length))
        {
            Assert.Equal(numbers[start..], new InfiniteSampler(count, chosen, start).Take(numbers.Length - start));
        }
    }

    [GoldenTheory]
    [MemberData(nameof(GridCases))]
    public void The_grid_shows_the_expected_items(int number)
    {
        JsonElement expected = Expected.GetProperty("snapshot_grid")[number];
        using ImageDataset dataset = Open();
        var view = new DatasetView(
            dataset, new DatasetViewOptions { UseLabels = expected.GetProperty("use_labels").GetBoolean() });
        (int columns, int rows) = PreviewGrid.FullSize(dataset.Width, dataset.Height);
        Assert.Equal((expected.GetProperty("gw").Int(), expected.GetProperty("gh").Int()), (columns, rows));
        Assert.Equal(Numbers(expected.GetProperty("indices")), PreviewGrid.Choose(view, columns, rows).Indices);
    }

    [GoldenTheory]
    [MemberData(nameof(MirroredItems))]
    public void Mirrored_items_are_the_expected_pixels(string key)
    {
        NumpyArray expected = GoldenFolder.Arrays(Archive)[key];
        using ImageDataset dataset = Open(key[..^Mirrored.Length]);
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

    // The JSON does not name the set: it is the one with the mirrored item, else the first with classes.
    private static ImageDataset Open() => Open(
        MirroredItems.Select(row => row.Data[..^Mirrored.Length]).FirstOrDefault()
        ?? Expected.GetProperty("archives").EnumerateObject().First(
            a => a.Value.GetProperty("has_onehot_labels").GetBoolean()).Name);

    private static ImageDataset Open(string name) => ImageDataset.Open(GoldenFolder.Path($"dataset/{name}.zip"));

    private static int[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(n => n.Int())];

    private static TheoryData<int> Cases(string name) => new(Enumerable.Range(0, GoldenFolder.List(Description, name).Count));
}
