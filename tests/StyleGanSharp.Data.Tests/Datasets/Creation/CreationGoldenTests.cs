using System.IO.Compression;
using System.Text.Json;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Creation;

/// <summary>The sources give the archives: names, gaps, labels and every pixel.</summary>
[Trait("Kind", "Golden")]
public sealed class CreationGoldenTests
{
    private static readonly JsonElement Expected = GoldenFolder.Json("dataset/expected.json").GetProperty("archives");

    public static TheoryData<string> Archives =>
        new(Expected.EnumerateObject().Where(a => a.Value.TryGetProperty("source", out _)).Select(a => a.Name));

    [Theory]
    [MemberData(nameof(Archives))]
    public void A_source_gives_its_archive(string name)
    {
        JsonElement expected = Expected.GetProperty(name);
        string[] tool = [.. expected.GetProperty("tool_options").EnumerateArray().Select(o => o.GetString()!)];
        var options = new DatasetCreationOptions
        {
            Shape = Value(tool, "--transform") is { } shape ? CreationNames.Shapes[shape] : PictureShape.None,
            Resolution = Value(tool, "--resolution") is { } size ? (int.Parse(size.Split('x')[0]), int.Parse(size.Split('x')[1])) : null,
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
                Assert.Equal(expected.GetProperty("entries").EnumerateArray().Select(e => e.GetString()!), archive.Entries.Select(e => e.FullName));
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

            Assert.Equal(GoldenFolder.Arrays("dataset/expected.npz")[$"{name}/images"].AsSpan<byte>().ToArray(), pixels);
        }
    }

    private static string? Value(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at ? options[at + 1] : null;
}
