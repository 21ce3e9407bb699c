using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Creation;

/// <summary>The sources give the archives: names, gaps, labels and every pixel.</summary>
public sealed class CreationGoldenTests
{
    private const string Description = "dataset/expected.json";

    public static TheoryData<string> Archives => !GoldenFolder.Has(Description)
        ? []
        : [.. Expected.EnumerateObject().Where(a => a.Value.TryGetProperty("source", out _)).Select(a => a.Name)];

    private static JsonElement Expected => GoldenFolder.Json(Description).GetProperty("archives");

    [GoldenTheory]
    [MemberData(nameof(Archives))]
    public void A_source_gives_its_archive(string name)
    {
        JsonElement expected = Expected.GetProperty(name);
        string[] tool = expected.TryGetProperty("tool_options", out JsonElement given)
            ? [.. given.EnumerateArray().Select(o => o.GetString()!)] : [];
        var options = new DatasetCreationOptions
        {
            Shape = Value(tool, "--transform") is { } shape ? CreationNames.Shapes[shape] : ImageShape.None,
            Resolution = Resolution(tool),
        };
        string source = GoldenFolder.Path($"dataset/{expected.GetProperty("source").GetString()}");
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(source, folder["unpacked"]);
        foreach (string from in new[] { source, folder["unpacked"] })
        {
            string made = folder["made.zip"];
            DatasetCreator.Create(from, made, options, null, TestContext.Current.CancellationToken);
            using (ZipArchive archive = ZipFile.OpenRead(made))
            {
                Assert.Equal(expected.GetProperty("entries").EnumerateArray().Select(e => e.GetString()!), archive.Entries.Select(
                    e => e.FullName));
                Assert.All(archive.Entries, e => Assert.Equal(e.Length, e.CompressedLength));
                using JsonDocument labels = JsonDocument.Parse(archive.GetEntry("dataset.json")!.Open());
                Assert.True(JsonElement.DeepEquals(
                    expected.GetProperty("dataset_json").GetProperty("labels"), labels.RootElement.GetProperty("labels")));
            }

            using ImageDataset dataset = ImageDataset.Open(made);
            var pixels = new byte[dataset.Count * dataset.ImageBytes];
            for (int i = 0; i < dataset.Count; i++)
            {
                dataset.Read(i, pixels.AsSpan(i * dataset.ImageBytes, dataset.ImageBytes));
            }

            Compare(GoldenFolder.Arrays("dataset/expected.npz")[$"{name}/images"].AsSpan<byte>(), pixels,
                resized: options.Resolution is not null);
        }
    }

    // One grey level where the image was resized, two on isolated pixels; everything else exactly.
    private static void Compare(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, bool resized)
    {
        Assert.Equal(expected.Length, actual.Length);
        int two = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = Math.Abs(expected[i] - actual[i]);
            Assert.True(difference <= (resized ? 2 : 0), $"{actual[i]} instead of {expected[i]} at value {i}");
            two += difference == 2 ? 1 : 0;
        }

        Assert.True(two <= expected.Length / 1000, $"{two} values are off by two levels");
    }

    // "--resolution 64x32", or the two numbers apart.
    private static (int Width, int Height)? Resolution(string[] tool)
    {
        if ((Value(tool, "--width"), Value(tool, "--height")) is ({ } width, { } height))
        {
            return (int.Parse(width, CultureInfo.InvariantCulture), int.Parse(height, CultureInfo.InvariantCulture));
        }

        int[]? sides = Value(tool, "--resolution")?.Split('x').Select(side => int.Parse(side, CultureInfo.InvariantCulture))
            .ToArray();
        return sides is null ? null : (sides[0], sides[^1]);
    }

    private static string? Value(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at ? options[at + 1] : null;
}
