using System.Buffers.Binary;
using System.Security.Cryptography;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Datasets.Storage.Lmdb;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Storage.Lmdb;

/// <summary>Against files that liblmdb wrote: see make-fixtures.py.</summary>
public sealed class LmdbStoreTests : IDisposable
{
    private const int PageSize = 4096;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("pictures")]
    [InlineData("deep")]
    public void Keys_and_values_are_those_of_the_library(string name)
    {
        string[] expected = File.ReadAllLines(Fixture($"{name}.txt"));
        using LmdbStore store = LmdbStore.Open(Fixture($"{name}.mdb"));
        Assert.Equal(expected.Length, store.Names.Count);
        var buffer = new ReadBuffer();
        for (int i = 0; i < expected.Length; i++)
        {
            ReadOnlySpan<byte> value = store.Read(i, buffer);
            Assert.Equal(expected[i], $"{store.Names[i]} {value.Length} {Convert.ToHexStringLower(SHA256.HashData(value))}");
            Assert.Equal(Math.Min(5, value.Length), store.ReadStart(i, buffer, 5).Length);
        }
    }

    [Fact]
    public void Pictures_become_a_data_set_from_the_file_and_from_its_folder()
    {
        Directory.CreateDirectory(folder["lsun"]);
        File.Copy(Fixture("pictures.mdb"), folder["lsun/data.mdb"]);
        File.WriteAllBytes(folder["lsun/lock.mdb"], [1]);
        DatasetCreationResult result = Create(folder["lsun"]);
        Assert.Equal((22, 0, 3), (result.Written, result.Damaged.Count, result.Channels));
        Create(folder["lsun/data.mdb"]);
        using ImageDataset second = ImageDataset.Open(folder["made.zip"]);
        Assert.Equal((22, 16), (second.Count, second.Width));
        Assert.Equal(22, DatasetCheck.Run(folder["lsun"], TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void Of_several_sizes_the_largest_is_taken()
    {
        DatasetCreationResult result = Create(Fixture("sizes.mdb"));
        Assert.Equal((10, 0), (result.Written, result.Damaged.Count));
        Assert.Contains("in 3 sizes (16, 32, 64)", Assert.Single(result.Remarks));
        using ImageDataset dataset = ImageDataset.Open(Fixture("sizes.mdb"));
        Assert.Equal((10, 64), (dataset.Count, dataset.Width));
        Assert.Equal("64-00000", dataset.FileNames[0]);
        Assert.Contains("in 3 sizes", Assert.Single(dataset.Remarks));
    }

    [Fact]
    public void Entries_that_are_no_pictures_are_counted_as_damaged()
    {
        DatasetCheck check = DatasetCheck.Run(Fixture("deep.mdb"), TestContext.Current.CancellationToken);
        Assert.Equal((60, 60), (check.Count, check.Problems.Count));
        Assert.Contains("is not a PNG, JPEG, WebP", check.Problems[0].Sentence);
    }

    [Fact]
    public void A_cut_file_is_a_sentence_at_every_length()
    {
        byte[] whole = File.ReadAllBytes(Fixture("pictures.mdb"));
        int refused = 0;
        for (int length = 0; length < whole.Length; length += length < 2 * PageSize ? 61 : 509)
        {
            File.WriteAllBytes(folder["cut.mdb"], whole[..length]);
            refused += Try(folder["cut.mdb"]) is not null ? 1 : 0;
        }

        Assert.InRange(refused, 200, 300);
        File.WriteAllBytes(folder["cut.mdb"], whole[..(4 * PageSize)]);
        Assert.Matches("is a truncated or damaged LMDB file: page [0-9]+ of its tree lies behind its end at "
            + "16384 bytes; copy it again", Try(folder["cut.mdb"]));
        File.WriteAllBytes(folder["cut.mdb"], whole[..100]);
        Assert.Contains("is not an LMDB file, or a truncated one", Try(folder["cut.mdb"]));
        Assert.Contains("cut.mdb", Assert.Throws<DatasetException>(() => Create(folder["cut.mdb"])).Message);
    }

    [Fact]
    public void A_value_behind_the_end_costs_one_picture()
    {
        // The newest state's overflow pages: the last of them is the last page of the file.
        byte[] bytes = File.ReadAllBytes(Fixture("pictures.mdb"));
        int overflow = Enumerable.Range(2, (bytes.Length / PageSize) - 2)
            .Last(p => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((p * PageSize) + 10)) == 4
                && BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(p * PageSize)) == p);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan((overflow * PageSize) + 12), 0);
        File.WriteAllBytes(folder["a.mdb"], bytes);
        DatasetCreationResult result = Create(folder["a.mdb"]);
        Assert.Equal((21, 1), (result.Written, result.Damaged.Count));
        Assert.Contains($"page {overflow} is damaged", result.Damaged[0]);
    }

    [Fact]
    public void No_damaged_byte_does_more_than_refuse()
    {
        byte[] whole = File.ReadAllBytes(Fixture("deep.mdb"));
        var draw = new Random(5);
        int refused = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = [.. whole];

            // Headers and tables of entries, where the numbers are that lead somewhere.
            int at = (draw.Next(whole.Length / PageSize) * PageSize) + draw.Next(i % 3 == 0 ? PageSize : 160);
            damaged[at] = (byte)draw.Next(256);
            File.WriteAllBytes(folder["a.mdb"], damaged);
            refused += Try(folder["a.mdb"]) is not null ? 1 : 0;
        }

        Assert.InRange(refused, 5, 350);   // Many bytes belong to old states or to nothing.
    }

    [Fact]
    public void Pages_in_a_circle_are_refused()
    {
        byte[] bytes = File.ReadAllBytes(Fixture("deep.mdb"));
        for (int page = 2; page < bytes.Length / PageSize; page++)
        {
            Span<byte> at = bytes.AsSpan(page * PageSize, PageSize);
            if (BinaryPrimitives.ReadUInt16LittleEndian(at[10..]) == 1)
            {
                // The first child of every branch is the branch itself.
                BinaryPrimitives.WriteUInt32LittleEndian(at[BinaryPrimitives.ReadUInt16LittleEndian(at[16..])..], (uint)page);
            }
        }

        File.WriteAllBytes(folder["a.mdb"], bytes);
        Assert.Contains("lead in a circle", Try(folder["a.mdb"]));
    }

    [Fact]
    public void Other_machines_and_versions_are_named()
    {
        byte[] bytes = File.ReadAllBytes(Fixture("pictures.mdb"));
        Assert.Contains("numbers of another size or order", Changed(b => b.AsSpan(16, 4).Reverse()));
        Assert.Contains("numbers of another size or order", Changed(b => b.AsSpan(16, 4).CopyTo(b.AsSpan(12)), b => b[16] = 0));
        Assert.Contains("of version 2", Changed(b => b[20] = 2));
        Assert.Contains("pages of 0 bytes", Changed(b => b.AsSpan(40, 4).Clear()));
        Assert.Contains("is not an LMDB file", Changed(b => b.AsSpan(0, 100).Clear()));

        string Changed(params Action<byte[]>[] changes)
        {
            byte[] copy = [.. bytes];
            Array.ForEach(changes, c => c(copy));
            File.WriteAllBytes(folder["a.mdb"], copy);
            return Try(folder["a.mdb"])!;
        }
    }

    private static string Fixture(string name) =>
        Path.Combine(RepositoryRoot.Find(), "tests/StyleGanSharp.Data.Tests/Datasets/Storage/Lmdb", name);

    /// <summary>What opening or reading every entry ends with; null when nothing is wrong.</summary>
    private static string? Try(string path)
    {
        try
        {
            using LmdbStore store = LmdbStore.Open(path);
            var buffer = new ReadBuffer();
            for (int i = 0; i < store.Names.Count; i++)
            {
                _ = store.Names[i];
                store.Read(i, buffer);
            }

            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }

    private DatasetCreationResult Create(string source) => DatasetCreator.Create(
        source, folder["made.zip"], new DatasetCreationOptions { Resolution = (16, 16) }, null,
        TestContext.Current.CancellationToken);
}
