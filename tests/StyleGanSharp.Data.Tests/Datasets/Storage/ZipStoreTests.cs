using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Storage;

public sealed class ZipStoreTests
{
    private static readonly (string, byte[])[] Files =
    [
        ("b.txt", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i % 7))]),
        ("a/x.txt", [1, 2, 3]),
        ("a-b.txt", []),
    ];

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Files_come_back_in_the_order_of_their_names(CompressionLevel level)
    {
        using var folder = new TemporaryFolder();
        using ZipStore store = ZipStore.Open(TestArchive.Write(folder["a.zip"], Files, level));
        Assert.Equal(["a-b.txt", "a/x.txt", "b.txt"], store.Names);
        var buffer = new ReadBuffer();
        Assert.Equal([], store.Read(0, buffer).ToArray());
        Assert.Equal(Files[1].Item2, store.Read(1, buffer).ToArray());
        Assert.Equal(Files[0].Item2, store.Read(2, buffer).ToArray());
        Assert.Equal(Files[0].Item2[..100], store.ReadStart(2, buffer, 100).ToArray());
    }

    [Fact]
    public void An_archive_behind_something_else_is_read()
    {
        using var folder = new TemporaryFolder();
        byte[] archive = File.ReadAllBytes(TestArchive.Write(folder["a.zip"], Files));
        File.WriteAllBytes(folder["b.zip"], [.. new byte[1000], .. archive]);
        using ZipStore store = ZipStore.Open(folder["b.zip"]);
        Assert.Equal(Files[0].Item2, store.Read(2, new ReadBuffer()).ToArray());
    }

    [Fact]
    public void The_64_bit_extension_is_read()
    {
        using var folder = new TemporaryFolder();
        byte[] content = [9, 8, 7];
        File.WriteAllBytes(folder["large.zip"], LargeArchive("x.bin", content));
        using ZipStore store = ZipStore.Open(folder["large.zip"]);
        Assert.Equal(["x.bin"], store.Names);
        Assert.Equal(content, store.Read(0, new ReadBuffer()).ToArray());
    }

    [Fact]
    public void Damage_is_one_kind_of_exception_wherever_it_is()
    {
        using var folder = new TemporaryFolder();
        byte[] archive = File.ReadAllBytes(TestArchive.Write(folder["a.zip"], Files, CompressionLevel.Optimal));
        int refused = 0;
        for (int at = 0; at < archive.Length; at++)
        {
            foreach (byte value in new byte[] { 0, 0xFF, 0x7F })
            {
                byte[] damaged = [.. archive];
                damaged[at] = value;
                refused += Refused(folder["d.zip"], damaged) ? 1 : 0;
            }
        }

        for (int length = 0; length < archive.Length; length++)
        {
            Assert.True(Refused(folder["d.zip"], archive[..length]), $"cut to {length} of {archive.Length}");
        }

        Assert.True(refused > 50, $"{refused}");
    }

    [Fact]
    public void Two_files_of_one_name_are_refused()
    {
        using var folder = new TemporaryFolder();
        TestArchive.Write(folder["a.zip"], [("x", [1]), ("x", [2])]);
        Assert.Contains("two files named 'x'", Assert.Throws<InvalidDataException>(() => ZipStore.Open(folder["a.zip"])).Message);
    }

    [Theory]
    [InlineData("Rar!\u001A\u0007\0", "a RAR archive: unpack it")]
    [InlineData("7z\u00BC\u00AF\u0027\u001C", "a 7-Zip archive: unpack it")]
    [InlineData("\u001F\u008B", "a gzip file: unpack it")]
    [InlineData("\n<!DOCTYPE html><html>", "a web page (HTML)")]
    [InlineData("<HTML><head>", "a web page (HTML)")]
    [InlineData("\u0089PNG\r\n\u001A\n", "a PNG image")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer")]
    [InlineData("PK\u0003\u0004", "a truncated zip archive")]
    [InlineData("no archive", "not a zip archive, or a truncated one")]
    public void Another_kind_of_file_is_named(string start, string kind)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.zip"], [.. start.Select(c => (byte)c), .. new byte[600]]);
        Assert.Contains(kind, Assert.Throws<InvalidDataException>(() => ZipStore.Open(folder["a.zip"])).Message);
    }

    private static bool Refused(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        try
        {
            using ZipStore store = ZipStore.Open(path);
            var buffer = new ReadBuffer();
            for (int i = 0; i < store.Names.Count; i++)
            {
                store.ReadStart(i, buffer, 64);
                store.Read(i, buffer);
            }

            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    /// <summary>One stored file; sizes and offsets only in the 64-bit fields.</summary>
    private static byte[] LargeArchive(string name, byte[] content)
    {
        byte[] nameBytes = System.Text.Encoding.ASCII.GetBytes(name);
        uint crc = Crc32.HashToUInt32(content);
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(0x04034B50u);
        writer.Write([45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(crc);
        writer.Write(content.Length);
        writer.Write(content.Length);
        writer.Write((ushort)nameBytes.Length);
        writer.Write((ushort)0);
        writer.Write(nameBytes);
        writer.Write(content);
        long directory = file.Position;
        writer.Write(0x02014B50u);
        writer.Write([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(crc);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)nameBytes.Length);
        writer.Write((ushort)28);
        writer.Write(new byte[10]);
        writer.Write(uint.MaxValue);
        writer.Write(nameBytes);
        writer.Write((ushort)1);
        writer.Write((ushort)24);
        writer.Write((long)content.Length);
        writer.Write((long)content.Length);
        writer.Write(0L);
        long end = file.Position;
        writer.Write(0x06064B50u);
        writer.Write(44L);
        writer.Write(new byte[12]);
        writer.Write(1L);
        writer.Write(1L);
        writer.Write(end - directory);
        writer.Write(directory);
        writer.Write(0x07064B50u);
        writer.Write(0);
        writer.Write(end);
        writer.Write(1);
        writer.Write(0x06054B50u);
        writer.Write(0);
        writer.Write(ushort.MaxValue);
        writer.Write(ushort.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)0);
        byte[] archive = file.ToArray();
        Assert.Equal(0x06054B50u, BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(archive.Length - 22)));
        return archive;
    }
}
