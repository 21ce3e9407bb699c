using System.IO.Compression;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Storage;

public sealed class NestedStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Archives_in_an_archive_are_read_in_their_place(CompressionLevel level)
    {
        byte[] inner = Zip(
            level, ("x/1.png", TestArchive.Png(1)), ("2.png", TestArchive.Png(2)), (
                "deeper.zip", Zip(level, ("3.png", TestArchive.Png(3)))));
        string source = TestArchive.Write(
            folder["a.zip"], [("0.png", TestArchive.Png(0)), ("in.zip", inner), ("z.png", TestArchive.Png(4))], level);
        using IFileStore store = NestedStore.Open(FileStores.Open(source));
        Assert.Equal(["0.png", "in.zip/2.png", "in.zip/deeper.zip/3.png", "in.zip/x/1.png", "z.png"], store.Names);
        int[] numbers = [0, 2, 3, 1, 4];
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(TestArchive.Png(numbers[i]), store.Read(i, new ReadBuffer()));
            Assert.Equal(8, store.ReadStart(i, new ReadBuffer(), 8).Length);
        }

        Assert.Equal((5, 0), (Create(source).Written, Create(source).Damaged.Count));
    }

    [Fact]
    public void Archives_in_a_folder_are_read_and_folders_may_be_classes()
    {
        Directory.CreateDirectory(folder["set/cats"]);
        Directory.CreateDirectory(folder["set/dogs"]);
        File.WriteAllBytes(folder["set/cats/c.zip"], Zip(CompressionLevel.Optimal, ("1.png", TestArchive.Png(1))));
        File.WriteAllBytes(folder["set/dogs/2.png"], TestArchive.Png(2));
        DatasetCreationResult result = Create(folder["set"], LabelSource.Folders);
        Assert.Equal((2, true), (result.Written, result.HasLabels));
    }

    [Fact]
    public void A_mere_wrapping_keeps_the_labels()
    {
        byte[] inner = Zip(
            CompressionLevel.Optimal, ("a.png", TestArchive.Png(1)), (
                "dataset.json", TestArchive.Json("""{"labels": [["a.png", 2]]}""")));
        string source = TestArchive.Write(folder["a.zip"], [("readme.txt", [1]), ("in.zip", inner)]);
        Assert.True(Create(source).HasLabels);
        Assert.Equal(new CreationAdvice(source), Assert.Throws<DatasetException>(() => ImageDataset.Open(source)).Advice);
    }

    [Fact]
    public void Damaged_and_too_deep_archives_count_as_one_damaged_picture_each()
    {
        byte[] deep = Zip(CompressionLevel.NoCompression, ("1.png", TestArchive.Png(1)));
        for (int i = 0; i < 5; i++)
        {
            deep = Zip(CompressionLevel.NoCompression, ("0.png", TestArchive.Png(i)), ("in.zip", deep));
        }

        string source = TestArchive.Write(
            folder["a.zip"], [("a.png", TestArchive.Png(0)), ("bad.zip", [1, 2, 3]), ("deep.zip", deep)]);
        DatasetCreationResult result = Create(source);
        Assert.Equal((4, 2), (result.Written, result.Damaged.Count));
        Assert.Contains("bad.zip is not a zip archive, or a truncated one", result.Damaged[0]);
        Assert.Contains("more than 3 archives deep", result.Damaged[1]);
    }

    [Fact]
    public void Damage_inside_of_a_packed_archive_is_found_at_every_byte()
    {
        byte[] inner = Zip(CompressionLevel.NoCompression, ("1.png", TestArchive.Png(1)));
        byte[] whole = Zip(CompressionLevel.Optimal, ("0.png", TestArchive.Png(0)), ("in.zip", inner));
        int start = whole.AsSpan().IndexOf("in.zip"u8) + 6;
        int damagedArchives = 0;
        for (int at = start; at < whole.Length - 150; at += 3)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x41;
            File.WriteAllBytes(folder["a.zip"], damaged);
            damagedArchives += Create(folder["a.zip"]).Damaged.Count;
        }

        Assert.InRange(damagedArchives, 20, 1000);
        Assert.DoesNotContain(Directory.GetFiles(Path.GetTempPath(), "stylegan-*.zip"), File.Exists);
    }

    [Fact]
    public void The_budget_bounds_what_is_unpacked()
    {
        var budget = new ExpansionBudget();
        budget.Take(ExpansionBudget.MaxBytes);
        Assert.Contains("unpacks, with the other archives, to more than", Assert.Throws<InvalidDataException>(
            () => budget.Take(1)).Message);
    }

    private byte[] Zip(CompressionLevel level, params (string, byte[])[] files) =>
        File.ReadAllBytes(TestArchive.Write(folder[$"{Guid.NewGuid():N}.tmp"], files, level));

    private DatasetCreationResult Create(string source, LabelSource labels = LabelSource.Source) => DatasetCreator.Create(
        source, folder["made.zip"], new DatasetCreationOptions { Labels = labels }, null, TestContext.Current.CancellationToken);
}
