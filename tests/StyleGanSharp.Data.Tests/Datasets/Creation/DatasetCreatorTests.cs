using System.IO.Compression;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Creation;

public sealed class DatasetCreatorTests : IDisposable
{
    private static readonly DatasetCreationOptions Small = new() { Resolution = (8, 8) };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folders_are_classes_with_names()
    {
        string source = TestArchive.Write(
            folder["source.zip"], [
                ("dog/1.png", TestArchive.Png(1)), ("cat/x/1.png", TestArchive.Png(2)), ("dog/2.png", TestArchive.Png(3))]);
        Create(source, folder["made.zip"], new DatasetCreationOptions { Labels = LabelSource.Folders });
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        Assert.Equal(["cat", "dog"], dataset.Labels.ClassNames);
        Assert.Equal([0, 1, 1], Enumerable.Range(0, 3).Select(dataset.Labels.Class));

        // And once more from the new archive: labels and names are kept.
        Create(folder["made.zip"], folder["again.zip"], Small);
        using ImageDataset again = ImageDataset.Open(folder["again.zip"]);
        Assert.Equal(["cat", "dog"], again.Labels.ClassNames);
        string loose = TestArchive.Write(folder["loose.zip"], [("dog/1.png", TestArchive.Png(1)), ("2.png", TestArchive.Png(1))]);
        Assert.Contains("2.png lies in no folder", Refused(loose, new DatasetCreationOptions { Labels = LabelSource.Folders }));
    }

    [Fact]
    public void Folders_below_a_wrapping_one_are_classes_in_natural_order()
    {
        string source = TestArchive.Write(
            folder["source.zip"], Enumerable.Range(0, 12).Select(i => ($"wrap/{i}/x.png", TestArchive.Png(i))));
        Create(source, folder["made.zip"], new DatasetCreationOptions { Labels = LabelSource.Folders });
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i}"), dataset.Labels.ClassNames);
        Assert.Equal([0, 1, 10, 11, 2], Enumerable.Range(0, 5).Select(dataset.Labels.Class));   // Images keep their order.
    }

    [Theory]
    [InlineData("train/cat,train/dog,val/cat", "1: train val|2: cat dog")]
    [InlineData("w/Train/a/x,w/test/b/x", "1: test Train|2: a b|3: x")]
    [InlineData("only", "1: only")]
    [InlineData("only/one/deep", "1: deep")]
    public void Folders_that_are_hardly_classes_have_to_be_chosen(string folders, string choices)
    {
        string source = TestArchive.Write(
            folder["source.zip"], folders.Split(',').Select((f, i) => ($"{f}/{i}.png", TestArchive.Png(i))));
        var options = new DatasetCreationOptions { Labels = LabelSource.Folders };
        FolderDepthException e = Assert.Throws<FolderDepthException>(() => Create(source, folder["made.zip"], options));
        string[] given =
            [.. e.Choices.Select(c => $"{c.Depth}: {string.Join(' ', c.Folders.Order(StringComparer.OrdinalIgnoreCase))}")];
        Assert.Equal(choices, string.Join('|', given));
        foreach ((int depth, IReadOnlyList<string> expected) in e.Choices)
        {
            Create(source, folder["made.zip"], options with { LabelDepth = depth });
            using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
            Assert.Equal(expected, dataset.Labels.ClassNames);
        }

        Assert.Contains("in no folder at depth 9", Refused(source, options with { LabelDepth = 9 }));
    }

    [Fact]
    public void The_data_set_that_is_written_and_former_ones_are_no_part_of_their_source()
    {
        Directory.CreateDirectory(folder["pics"]);
        for (int i = 0; i < 3; i++)
        {
            File.WriteAllBytes(folder[$"pics/{i}.png"], TestArchive.Png(i));
        }

        TestArchive.Write(folder["pics/theirs.zip"], [("x.png", TestArchive.Png(7))]);
        foreach (string made in (string[])["pics/data.zip", "pics/data.zip", "pics/other.zip", "pics/data.zip", "elsewhere.zip"])
        {
            DatasetCreationResult result = Create(folder["pics"], folder[made], new DatasetCreationOptions());
            Assert.Equal(4, result.Written);
            Assert.Contains(result.Remarks, r =>
                r.Contains("1 of 4 images come from archives inside (theirs.zip: 1)", StringComparison.Ordinal));
        }

        Assert.Equal(4, Create(
            folder["pics"], folder["pics/made"], new DatasetCreationOptions { Format = DatasetFormat.Folder }).Written);
        DatasetCreationResult last = Create(folder["pics"], folder["pics/other.zip"], new DatasetCreationOptions());
        Assert.Equal(4, last.Written);
        Assert.Equal(["other.zip", "data.zip", "made"], last.Remarks.SkipLast(1).Select(r => r[..r.IndexOf(' ')]));
    }

    [Fact]
    public void Data_sets_of_this_program_are_joined_where_there_is_nothing_else()
    {
        Directory.CreateDirectory(folder["sets"]);
        foreach (string name in (string[])["a", "b"])
        {
            TestArchive.Write(folder[$"{name}.zip"], [("1.png", TestArchive.Png(name[0]))]);
            Create(folder[$"{name}.zip"], folder[$"sets/{name}.zip"], new DatasetCreationOptions());
        }

        Assert.Equal(2, Create(folder["sets"], folder["sets/both.zip"], new DatasetCreationOptions()).Written);
        Assert.Equal(2, Create(folder["sets"], folder["sets/again.zip"], new DatasetCreationOptions()).Written);
    }

    [Fact]
    public void Labels_of_some_pictures_only_give_none()
    {
        string source = TestArchive.Write(
            folder["source.zip"],
            [("a.png", TestArchive.Png(1)), ("b.png", TestArchive.Png(1)), (
                "dataset.json", TestArchive.Json("""{"labels": [["a.png", 1]]}"""))]);
        DatasetCreationResult result = Create(source, folder["made.zip"], Small);
        Assert.Equal((false, 1), (result.HasLabels, result.Unlabelled));
        string unmatched = TestArchive.Write(
            folder["unmatched.zip"], [
                ("a.png", TestArchive.Png(1)), ("dataset.json", TestArchive.Json("""{"labels": [["z.png", 1]]}"""))]);
        Assert.Contains("has a label for none of the 1 images", Refused(unmatched, Small));
    }

    [Fact]
    public void What_cannot_be_made_is_one_sentence_and_leaves_no_file()
    {
        string mixed = TestArchive.Write(
            folder["mixed.zip"], [("a.png", TestArchive.Png(1)), ("b.png", TestArchive.Png(1, 16, 16))]);
        Assert.Contains("a.png (8x8) and b.png (16x16): give resolution", Refused(mixed, new DatasetCreationOptions()));
        string odd = TestArchive.Write(folder["odd.zip"], [("a.png", TestArchive.Png(1, 100, 75))]);
        Assert.Contains("100x75, but training needs a square", Refused(odd, new DatasetCreationOptions()));
        Assert.Contains("need resolution", Refused(odd, new DatasetCreationOptions { Shape = ImageShape.Squash }));
        DatasetCreationOptions wide = new() { Shape = ImageShape.CenterCropWide, Resolution = (256, 128) };
        Assert.Contains("a.png is 100x75: center-crop-wide to 256x128 needs 256 columns", Refused(odd, wide));
        Assert.Contains("keeps the whole width, which leaves 48 of 64 rows", Refused(odd, wide with { Resolution = (64, 64) }));
        Directory.CreateDirectory(folder["empty"]);
        Assert.Contains("has no images", Refused(folder["empty"], Small));
        Assert.False(File.Exists(folder["made.zip"]));
        Assert.DoesNotContain(folder.Names, n => n.Contains("tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_pictures_give_the_same_bytes()
    {
        string source = TestArchive.Write(
            folder["source.zip"], Enumerable.Range(0, 60).Select(i => ($"{i:00}.png", TestArchive.Png(i, 12, 9))));
        Create(source, folder["a.zip"], Small with { Threads = 1 });
        Create(source, folder["b.zip"], Small with { Threads = 5 });
        Assert.Equal(File.ReadAllBytes(folder["a.zip"]), File.ReadAllBytes(folder["b.zip"]));
    }

    [Fact]
    public void Stopping_leaves_nothing()
    {
        string source = TestArchive.Write(
            folder["source.zip"], Enumerable.Range(0, 60).Select(i => ($"{i:00}.png", TestArchive.Png(i))));
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => DatasetCreator.Create(
                source, folder["made.zip"], Small with { Threads = 1 }, (_, _) => cancel.Cancel(), cancel.Token));
        Assert.Equal(["source.zip"], folder.Names);
    }

    [Fact]
    public void Mnist_becomes_32_with_labels()
    {
        byte[] pictures = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, .. Enumerable.Repeat((byte)255, 2 * 784)];
        File.WriteAllBytes(folder["t-images-idx3-ubyte.gz"], Gzip(pictures));
        File.WriteAllBytes(folder["t-labels-idx1-ubyte.gz"], Gzip([0, 0, 8, 1, 0, 0, 0, 2, 7, 3]));
        Create(folder["t-images-idx3-ubyte.gz"], folder["made.zip"], new DatasetCreationOptions());
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        Assert.Equal((2, 32, 1, 7, 3), (
            dataset.Count, dataset.Width, dataset.Channels, dataset.Labels.Class(0), dataset.Labels.Class(1)));
        var pixels = new byte[1024];
        dataset.Read(0, pixels);
        Assert.Equal(784, pixels.Count(p => p == 255));
        Assert.Equal(0, pixels[65]);
        Assert.Equal(255, pixels[66]);

        File.WriteAllBytes(folder["t-labels-idx1-ubyte.gz"], Gzip([0, 0, 8, 1, 0, 0, 0, 1, 7]));
        Assert.Contains("1 labels for the 2 images", Refused(folder["t-images-idx3-ubyte.gz"], new DatasetCreationOptions()));
        File.WriteAllBytes(folder["t-images-idx3-ubyte.gz"], Gzip(pictures[..^1]));
        Assert.Contains("does not match", Refused(folder["t-images-idx3-ubyte.gz"], new DatasetCreationOptions()));
    }

    private static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var stream = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(content);
        }

        return memory.ToArray();
    }

    private string Refused(string source, DatasetCreationOptions options) =>
        Assert.Throws<DatasetException>(() => Create(source, folder["made.zip"], options)).Message;

    internal static DatasetCreationResult Create(string source, string destination, DatasetCreationOptions options) =>
        DatasetCreator.Create(source, destination, options, null, TestContext.Current.CancellationToken);
}
