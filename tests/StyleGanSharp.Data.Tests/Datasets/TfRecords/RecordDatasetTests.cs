using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.TfRecords;

public sealed class RecordDatasetTests : IDisposable
{
    private const string Fixture = "tfrecords/tiny32";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_loader_gives_levels_and_mirrors_them()
    {
        using ImageDataset dataset = ImageDataset.Open(Fixtures.GoldenTf.Path(Fixture));
        IEnumerable<DatasetItem> order = [new(5), new(6, FlipX: true), new(7, FlipY: true)];
        using var loader = new DatasetLoader(dataset, order.GetEnumerator(), new() { BatchSize = 3, Side = 8 });
        using DatasetBatch batch = loader.Next()!;
        byte[] expected = Expected("r03").Bytes.ToArray();
        Assert.Equal(3 * 3 * 64, batch.Pixels.Length);
        for (int i = 0; i < 64 * 3; i++)
        {
            (int row, int column) = (i / 8, i % 8);
            int flippedRow = (row / 8 * 8) + 7 - (row % 8);
            Assert.Equal(expected[(5 * 192) + i], batch.Pixels[i]);
            Assert.Equal(expected[(6 * 192) + (row * 8) + 7 - column], batch.Pixels[192 + i]);
            Assert.Equal(expected[(7 * 192) + (flippedRow * 8) + column], batch.Pixels[384 + i]);
        }

        Assert.Throws<ArgumentOutOfRangeException>(
            () => new DatasetLoader(dataset, order.GetEnumerator(), new() { BatchSize = 1, Side = 7 }));
    }

    [Fact]
    public void A_folder_of_pictures_holds_the_same()
    {
        Create(Fixtures.GoldenTf.Path(Fixture), folder["pictures"], new() { Format = DatasetFormat.Folder });
        using ImageDataset made = ImageDataset.Open(folder["pictures"]);
        byte[] expected = Expected("r05").Bytes.ToArray();
        var pixels = new byte[made.ImageBytes];
        made.Read(7, pixels);
        Assert.Equal(expected.AsSpan(7 * pixels.Length, pixels.Length), pixels.AsSpan());
        Assert.Equal(Expected("labels").ToSingles(), Labels(made));
        Assert.Equal(["pictures"], folder.Names);
        Assert.Contains("not empty", Assert.Throws<DatasetException>(
            () => Create(Fixtures.GoldenTf.Path(Fixture), folder["pictures"], new() { Format = DatasetFormat.Folder })).Message);
    }

    [Fact]
    public void Damaged_records_are_refused_listed_and_left_out()
    {
        Copy();
        Damage("tiny32-r05.tfrecords", 3 * 3127 + 500);
        Damage("tiny32-r05.tfrecords", 9 * 3127 + 3);
        string refused = Refused();
        Assert.Contains("tiny32-r05.tfrecords: record 3 has a wrong checksum (CRC) of its data (and 1 more)", refused);
        Assert.Contains("which leaves out what is damaged", refused);
        DatasetCheck check = DatasetCheck.Run(folder["set"], TestContext.Current.CancellationToken);
        Assert.Equal(["tiny32-r05.tfrecords: record 3", "tiny32-r05.tfrecords: record 9"], check.Problems.Select(p => p.File));
        DatasetCreationResult result = Create(folder["set"], folder["a.zip"], new());
        Assert.Equal((14, 2, true), (result.Written, result.Damaged.Count, result.HasLabels));
        Assert.Contains("record 9 has a wrong checksum (CRC) of its length", result.Damaged[1]);
        using ImageDataset made = ImageDataset.Open(folder["a.zip"]);
        Assert.Equal(Expected("labels").ToSingles().AsSpan(4 * 4, 4), Labels(made).AsSpan(3 * 4, 4));   // Labels stay with their images.
    }

    [Fact]
    public void A_cut_file_gives_what_is_left_with_its_labels()
    {
        Copy();
        string path = folder["set/tiny32-r05.tfrecords"];
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..(5 * 3127 + 100)]);
        Assert.Contains("has 16 images", Refused());
        DatasetCreationResult result = Create(folder["set"], folder["a.zip"], new());
        Assert.Equal((5, 1, true), (result.Written, result.Damaged.Count, result.HasLabels));
        Assert.Contains("record 5 is cut off", result.Damaged[0]);
    }

    [Fact]
    public void Another_shape_is_named()
    {
        Copy();
        byte[] odd = RecordBytes.Frame(RecordBytes.Example(RecordBytes.Shape(3, 16, 64), RecordBytes.Data(new byte[3072])));
        string path = folder["set/tiny32-r05.tfrecords"];
        byte[] file = File.ReadAllBytes(path);
        odd.CopyTo(file, 2 * 3127);
        File.WriteAllBytes(path, file);
        Assert.Contains("record 2 has the shape [3, 16, 64], but the images of this file have [3, 32, 32]", Refused());
        Assert.Single(Create(folder["set"], folder["a.zip"], new()).Damaged);
    }

    [Fact]
    public void A_level_without_data_is_named()
    {
        Copy();
        string level = folder["set/tiny32-r03.tfrecords"];
        File.WriteAllBytes(level, []);
        Assert.Contains("tiny32-r03.tfrecords holds no records", Refused());
        File.Delete(level);
        Assert.Contains("has no records of 8x8", Refused());
        Assert.Contains("has no records of 8x8", Create(folder["set"], folder["a.zip"], new()).Remarks[0]);
        Assert.Single(DatasetCheck.Run(folder["set"], TestContext.Current.CancellationToken).Problems);

        // The full resolution may be the only one, but must not be the empty one.
        File.Delete(folder["set/tiny32-r02.tfrecords"]);
        File.Delete(folder["set/tiny32-r04.tfrecords"]);
        using (ImageDataset alone = ImageDataset.Open(folder["set"]))
        {
            Assert.Equal((16, 32), (alone.Count, alone.Width));
        }

        Copy();
        File.WriteAllBytes(folder["set/tiny32-r05.tfrecords"], []);
        Assert.Contains("tiny32-r05.tfrecords holds no records", Refused());
        Assert.Contains("tiny32-r05.tfrecords holds no records", Assert.Throws<DatasetException>(
            () => Create(folder["set"], folder["a.zip"], new())).Message);
        File.WriteAllBytes(folder["set/tiny32-r05.tfrecords"], [1, 2, 3]);
        Assert.Contains("its first record is cut off by the end of the file", Refused());
    }

    [Fact]
    public void Labels_may_be_missing_but_not_wrong()
    {
        Copy();
        string labels = folder["set/tiny32-rxx.labels"];
        NpyFile.Write(labels, NumpyArray.Create<float>(new float[12], 6, 2));
        Assert.Contains("holds Float32 [6, 2], but there are 16 images", Refused());
        File.WriteAllBytes(labels, [1, 2, 3]);
        Assert.Contains("tiny32-rxx.labels", Refused());
        float[] bad = new float[16];
        bad[3] = float.NaN;
        NpyFile.Write(labels, NumpyArray.Create<float>(bad, 16));
        Assert.Contains("at position 3", Refused());
        NpyFile.Write(labels, NumpyArray.Create<int>([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 5], 16));
        using (ImageDataset classes = ImageDataset.Open(folder["set"]))
        {
            Assert.Equal((LabelKind.Classes, 6, 5), (classes.Labels.Kind, classes.Labels.Size, classes.Labels.Class(15)));
        }

        File.Delete(labels);
        using ImageDataset without = ImageDataset.Open(folder["set"]);
        Assert.Equal(LabelKind.None, without.Labels.Kind);
    }

    [Fact]
    public void A_single_file_is_a_set_of_one_level_with_the_labels()
    {
        using ImageDataset level = ImageDataset.Open(Fixtures.GoldenTf.Path($"{Fixture}/tiny32-r03.tfrecords"));
        Assert.Equal((16, 8, 4), (level.Count, level.Width, level.Labels.Size));
    }

    [Theory]
    [InlineData("a.tfrecord")]
    [InlineData("a-r05.tfrec")]
    [InlineData("A.TFRecords")]
    public void Other_endings_are_known(string name)
    {
        Directory.CreateDirectory(folder["set"]);
        File.Copy(GoldenTfFolder.Path($"{Fixture}/tiny32-r05.tfrecords"), folder[$"set/{name}"]);
        foreach (string path in (string[])[folder["set"], folder[$"set/{name}"]])
        {
            using ImageDataset dataset = ImageDataset.Open(path);
            Assert.Equal((16, 32), (dataset.Count, dataset.Width));
        }
    }

    [Theory]
    [InlineData("img", ImageFormat.Jpeg)]
    [InlineData("image/encoded", ImageFormat.WebP)]
    [InlineData("data", ImageFormat.Png)]
    public void Encoded_pictures_of_other_tools_become_a_data_set(string feature, ImageFormat format)
    {
        byte[] Record(int number, int width) => RecordBytes.Frame(RecordBytes.Example(
            RecordBytes.Shape(3, 16, (ulong)width),
            RecordBytes.Data(
                ImageFile.Encode(TestArchive.Picture(number, width, 16), new ImageWriteOptions { Format = format }), feature)));
        Directory.CreateDirectory(folder["set"]);
        byte[] whole = [.. Record(1, 16), .. Record(2, 16), .. Record(3, 24)];
        File.WriteAllBytes(folder["set/a-r04.tfrecords"], whole);
        DatasetCreationResult result = Create(folder["set"], folder["a.zip"], new() { Resolution = (16, 16) });
        Assert.Equal((3, 0, 16), (result.Written, result.Damaged.Count, result.Width));
        Assert.Empty(DatasetCheck.Run(folder["set"], TestContext.Current.CancellationToken).Problems);
        Assert.Contains($"encoded images (feature '{feature}')", Refused());

        // A record without an image among them, and one whose image is cut.
        byte[] other = RecordBytes.Frame(RecordBytes.Example(RecordBytes.Data([1, 2, 3], feature)));
        byte[] cut = RecordBytes.Frame(RecordBytes.Example(RecordBytes.Data(
            ImageFile.Encode(TestArchive.Picture(1, 64, 64), new ImageWriteOptions { Format = format })[..90], feature)));
        File.WriteAllBytes(folder["set/a-r04.tfrecords"], [.. whole, .. other, .. cut]);
        Assert.Equal(2, Create(folder["set"], folder["a.zip"], new() { Resolution = (16, 16) }).Damaged.Count);
        Assert.Equal(2, DatasetCheck.Run(folder["set"], TestContext.Current.CancellationToken).Problems.Count);
    }

    [Fact]
    public void Records_that_are_not_square_are_read_whatever_their_name_says()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * 10 * 6).Select(i => (byte)i)];
        byte[] record = RecordBytes.Frame(RecordBytes.Example(RecordBytes.Shape(3, 10, 6), RecordBytes.Data(pixels)));
        Directory.CreateDirectory(folder["set"]);
        File.WriteAllBytes(folder["set/a-r03.tfrecords"], [.. record, .. record]);
        using ImageDataset dataset = ImageDataset.Open(folder["set"]);
        Assert.Equal((2, 6, 10), (dataset.Count, dataset.Width, dataset.Height));
        var read = new byte[pixels.Length];
        dataset.Read(1, read);
        Assert.Equal(pixels, read);
    }

    [Fact]
    public void Records_of_something_else_are_named_by_their_features()
    {
        Directory.CreateDirectory(folder["set"]);
        File.WriteAllBytes(
            folder["set/a.tfrecords"], RecordBytes.Frame(
                RecordBytes.Example(RecordBytes.Data([1, 2], "audio"), RecordBytes.Data([3], "text"))));
        Assert.Contains("it has the features audio, text", Refused());
        Assert.DoesNotContain("copy", Refused());
    }

    [Fact]
    public void Two_sets_in_one_folder_are_told_apart_by_nobody()
    {
        Copy();
        File.Copy(folder["set/tiny32-r03.tfrecords"], folder["set/other-r03.tfrecords"]);
        Assert.Contains("two files of 8x8, other-r03.tfrecords and tiny32-r03.tfrecords", Refused());
    }

    [Fact]
    public void Order_is_that_of_the_options()
    {
        Create(Fixtures.GoldenTf.Path(Fixture), folder["a.zip"],
            new() { Order = n => [.. Enumerable.Range(0, n).Reverse()], MaxImages = 3 });
        using ImageDataset made = ImageDataset.Open(folder["a.zip"]);
        Assert.Equal(3, made.Count);
        Assert.Equal("00000/img00000000.png", made.FileNames[0]);
        var pixels = new byte[made.ImageBytes];
        made.Read(0, pixels);
        Assert.Equal(Expected("r05").Bytes.Slice(15 * pixels.Length, pixels.Length), pixels);
    }

    private static NumpyArray Expected(string key) => Fixtures.GoldenTf.Arrays("tfrecords/tiny32.npz")[key];

    private static float[] Labels(ImageDataset dataset)
    {
        var labels = new float[dataset.Count * dataset.Labels.Size];
        for (int i = 0; i < dataset.Count; i++)
        {
            dataset.Labels.CopyTo(i, labels.AsSpan(i * dataset.Labels.Size));
        }

        return labels;
    }

    private static DatasetCreationResult Create(string source, string destination, DatasetCreationOptions options) =>
        DatasetCreator.Create(source, destination, options, null, TestContext.Current.CancellationToken);

    private string Refused() => Assert.Throws<DatasetException>(() => ImageDataset.Open(folder["set"])).Message;

    private void Copy()
    {
        Directory.CreateDirectory(folder["set"]);
        foreach (string file in Directory.GetFiles(Fixtures.GoldenTf.Path(Fixture)))
        {
            File.WriteAllBytes(Path.Combine(folder["set"], Path.GetFileName(file)), File.ReadAllBytes(file));
        }
    }

    private void Damage(string name, int at)
    {
        byte[] file = File.ReadAllBytes(folder[$"set/{name}"]);
        file[at] ^= 0x10;
        File.WriteAllBytes(folder[$"set/{name}"], file);
    }
}
