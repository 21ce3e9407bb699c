using System.Globalization;
using System.Text.RegularExpressions;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.TfRecords;

/// <summary>The TFRecord sets of a golden folder against their expected contents.</summary>
public sealed partial class RecordGoldenTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Every folder of records with an archive of the same name beside it.</summary>
    public static TheoryData<string> Sets =>
        [.. GoldenTfFolder.Files.Names("tfrecords", ".npz").Where(
            name => Directory.Exists(GoldenTfFolder.Path($"tfrecords/{name}")))];

    public void Dispose() => folder.Dispose();

    [GoldenTheory, MemberData(nameof(Sets))]
    public void A_set_gives_its_pictures_levels_and_labels(string name)
    {
        IReadOnlyDictionary<string, NumpyArray> expected = Expected(name);
        using ImageDataset dataset = ImageDataset.Open(GoldenTfFolder.Path($"tfrecords/{name}"));
        (int log2, NumpyArray largest) = Levels(expected)[^1];
        Assert.Equal([dataset.Count, dataset.Channels, dataset.Height, dataset.Width], largest.Shape.ToArray());
        Assert.EndsWith($"-r{log2:00}.tfrecords: record {dataset.Count - 1}", dataset.FileNames[^1]);
        foreach ((int level, NumpyArray pictures) in Levels(expected))
        {
            var pixels = new byte[pictures.Bytes.Length / dataset.Count];
            for (int i = 0; i < dataset.Count; i++)
            {
                dataset.ReadLevel(i, 1 << level, pixels);
                Assert.Equal(pictures.Bytes.Slice(i * pixels.Length, pixels.Length), pixels.AsSpan());
            }
        }

        if (expected.TryGetValue("labels", out NumpyArray? labels))
        {
            Assert.Equal(labels.ToSingles(), Labels(dataset));
        }
    }

    [GoldenTheory, MemberData(nameof(Sets))]
    public void Levels_of_a_zip_are_those_that_a_set_of_many_resolutions_holds(string name)
    {
        Create(name, folder["a.zip"], new());
        using ImageDataset zip = ImageDataset.Open(folder["a.zip"]), records = ImageDataset.Open(
            GoldenTfFolder.Path($"tfrecords/{name}"));
        Assert.Equal(Labels(records), Labels(zip));
        foreach ((int level, NumpyArray pictures) in Levels(Expected(name)))
        {
            var pixels = new byte[pictures.Bytes.Length / zip.Count];
            for (int i = 0; i < zip.Count; i++)
            {
                zip.ReadLevel(i, 1 << level, pixels);
                Assert.Equal(pictures.Bytes.Slice(i * pixels.Length, pixels.Length), pixels.AsSpan());
            }
        }

        int side = zip.Width, channels = zip.Channels;
        Assert.Throws<ArgumentOutOfRangeException>(
            () => zip.ReadLevel(0, side - 1, new byte[channels * (side - 1) * (side - 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => zip.ReadLevel(0, 2 * side, new byte[channels * 4 * side * side]));
        Assert.Throws<ArgumentException>(() => zip.ReadLevel(0, side, new byte[3]));
    }

    [GoldenTheory, MemberData(nameof(Sets))]
    public void Written_records_are_the_same_bytes(string name)
    {
        string source = GoldenTfFolder.Path($"tfrecords/{name}"), made = folder[name];
        DatasetCreationResult result = Create(name, made, new() { Format = DatasetFormat.TfRecords });
        Assert.Equal(Expected(name).ContainsKey("labels"), result.HasLabels);
        Dictionary<string, string> written = Files(made), given = Files(source);
        Assert.Equal(given.Keys.Order(StringComparer.Ordinal), written.Keys.Order(StringComparer.Ordinal));
        int compared = 0;
        foreach ((string kind, string file) in given)
        {
            byte[] ours = File.ReadAllBytes(written[kind]), theirs = File.ReadAllBytes(file);
            Assert.Equal(theirs.Length, ours.Length);
            if (kind.EndsWith(".labels", StringComparison.Ordinal))
            {
                Assert.Equal(theirs, ours);
                continue;
            }

            // A record: eight bytes of length, their checksum, the data, its checksum.
            for (int at = 0, size; at < ours.Length; at += size)
            {
                size = 16 + (int)BitConverter.ToInt64(theirs, at);
                // Some records have the other feature first; these are compared by content above.
                if (theirs.AsSpan(at, size).IndexOf("shape"u8) < theirs.AsSpan(at, size).IndexOf("data"u8))
                {
                    Assert.Equal(theirs.AsSpan(at, size), ours.AsSpan(at, size));
                    compared++;
                }
            }
        }

        Assert.True(compared > 0, "no record was compared");
        Assert.Empty(DatasetCheck.Run(made, TestContext.Current.CancellationToken).Problems);
    }

    // By what follows the set's name: "-r05.tfrecords", "-rxx.labels".
    private static Dictionary<string, string> Files(string set) =>
        Directory.GetFiles(set).ToDictionary(file => Path.GetFileName(file)[Path.GetFileName(file).LastIndexOf('-')..]);

    private static IReadOnlyDictionary<string, NumpyArray> Expected(string name) =>
        GoldenTfFolder.Files.Arrays($"tfrecords/{name}.npz");

    // Keys such as r05: images of 2^5 pixels, from the smallest.
    private static List<(int Log2, NumpyArray Pictures)> Levels(IReadOnlyDictionary<string, NumpyArray> expected) =>
    [
        .. expected.Where(p => LevelKey().IsMatch(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => (int.Parse(p.Key[1..], CultureInfo.InvariantCulture), p.Value)),
    ];

    private static float[] Labels(ImageDataset dataset)
    {
        var labels = new float[dataset.Count * dataset.Labels.Size];
        for (int i = 0; i < dataset.Count; i++)
        {
            dataset.Labels.CopyTo(i, labels.AsSpan(i * dataset.Labels.Size));
        }

        return labels;
    }

    private static DatasetCreationResult Create(string name, string destination, DatasetCreationOptions options) =>
        DatasetCreator.Create(
            GoldenTfFolder.Path($"tfrecords/{name}"), destination, options, null, TestContext.Current.CancellationToken);

    [GeneratedRegex(@"^r\d\d$")]
    private static partial Regex LevelKey();
}
