using System.Buffers.Binary;
using System.IO.Compression;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Numpy;

/// <summary>Archives: names, compression, determinism, and zip files that lie.</summary>
public sealed class NpzFileTests
{
    private static readonly Dictionary<string, NumpyArray> Arrays = new()
    {
        ["w"] = NumpyArray.Create<float>([1, 2, 3, 4, 5, 6], 1, 2, 3),
        ["block/b4/x"] = NumpyArray.Create<byte>(new byte[5000], 5000),
        ["scalar"] = NumpyArray.Create<long>([7]),
    };

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Archives_round_trip(CompressionLevel compression)
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], Arrays, compression);
        using NpzFile file = NpzFile.Open(folder["a.npz"]);
        Assert.Equal(Arrays.Keys, file.Keys);
        Assert.True(file.Contains("block/b4/x"));
        foreach ((string key, NumpyArray array) in Arrays)
        {
            Assert.Equal(array.ToString(), file.Read(key).ToString());
            Assert.Equal(array.Bytes.ToArray(), file.Read(key).Bytes.ToArray());
        }

        Assert.Equal(["a.npz"], folder.Names);
        Assert.Equal(compression == CompressionLevel.NoCompression, new FileInfo(folder["a.npz"]).Length > 5000);
    }

    [Fact]
    public void Same_arrays_give_same_bytes()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], Arrays);
        NpzFile.Write(folder["b.npz"], Arrays);
        Assert.Equal(File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["b.npz"]));
    }

    [Fact]
    public void Missing_arrays_are_named_with_what_there_is()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], Arrays);
        using NpzFile file = NpzFile.Open(folder["a.npz"]);
        Assert.Equal(
            $"{folder["a.npz"]} has no array 'v'; it has 'w', 'block/b4/x', 'scalar'.",
            Assert.Throws<NumpyFileException>(() => file.Read("v")).Message);
    }

    [Fact]
    public void Failed_writing_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => NpzFile.Write(folder["a.npz"], [.. Arrays, .. Arrays]));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Files_that_are_no_archive_are_named()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], Arrays);
        byte[] good = File.ReadAllBytes(folder["a.npz"]);
        foreach (byte[] bad in new[] { [], "text"u8.ToArray(), good[..(good.Length / 2)] })
        {
            File.WriteAllBytes(folder["bad.npz"], bad);
            Assert.Equal(
                $"{folder["bad.npz"]} is not a NumPy .npz archive: it is not a zip file or a truncated one.",
                Assert.Throws<NumpyFileException>(() => NpzFile.Open(folder["bad.npz"])).Message);
        }

        Assert.Throws<NumpyFileException>(() => NpzFile.Open(folder["none.npz"]));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Changed_data_fails_the_checksum(CompressionLevel compression)
    {
        using var folder = new TemporaryFolder();
        byte[] values = [.. Enumerable.Range(0, 2000).Select(i => (byte)((i * i) >> 3))];
        NpzFile.Write(folder["a.npz"], [new("a", NumpyArray.Create<byte>(values, 2000))], compression);
        byte[] file = File.ReadAllBytes(folder["a.npz"]);
        file[file.Length / 2] ^= 1;
        File.WriteAllBytes(folder["a.npz"], file);
        using NpzFile archive = NpzFile.Open(folder["a.npz"]);
        Assert.Throws<NumpyFileException>(() => archive.Read("a"));
    }

    [Fact]
    public void Claims_beyond_what_deflate_can_hold_are_refused_before_allocating()
    {
        // The array claims 2 GB and the directory supports the claim; the compressed bytes cannot.
        using var folder = new TemporaryFolder();
        byte[] npy = NpyBytes.Make(NpyBytes.Header("|u1", "(2000000000,)"), new byte[1000]);
        Zip(folder["a.npz"], ("a.npy", npy));
        byte[] file = File.ReadAllBytes(folder["a.npz"]);
        int directory = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(directory + 24), 2_000_000_100);
        File.WriteAllBytes(folder["a.npz"], file);
        using NpzFile archive = NpzFile.Open(folder["a.npz"]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<NumpyFileException>(() => archive.Read("a")).Message;
        Assert.Contains("is truncated", message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Limit_on_one_array_is_kept()
    {
        using var folder = new TemporaryFolder();
        Zip(folder["a.npz"], ("a.npy", NpyBytes.Make(NpyBytes.Header("|u1", "(1000000,)"), new byte[1000000])));
        using NpzFile archive = NpzFile.Open(folder["a.npz"], maxBytes: 999_999);
        string message = Assert.Throws<NumpyFileException>(() => archive.Read("a")).Message;
        Assert.Contains("more than the limit of 999999", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_names_are_refused_and_other_files_ignored()
    {
        using var folder = new TemporaryFolder();
        byte[] npy = NpyBytes.Make(NpyBytes.Header("|u1", "(1,)"), [4]);
        Zip(folder["two.npz"], ("a.npy", npy), ("a.npy", npy));
        string message = Assert.Throws<NumpyFileException>(() => NpzFile.Open(folder["two.npz"])).Message;
        Assert.EndsWith("holds two arrays named 'a'.", message, StringComparison.Ordinal);
        Zip(folder["other.npz"], ("note.txt", [1]), ("a.npy", npy), ("../b.npy", npy));
        Assert.Equal(["a", "../b"], NpzFile.ReadAll(folder["other.npz"]).Keys);
    }

    private static void Zip(string path, params (string Name, byte[] Content)[] entries)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in entries)
        {
            using Stream stream = archive.CreateEntry(name).Open();
            stream.Write(content);
        }
    }
}
