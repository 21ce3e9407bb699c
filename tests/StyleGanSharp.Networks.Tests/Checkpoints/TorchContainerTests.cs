using System.IO.Compression;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Tests.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Whole files of torch.save: the zip container and the legacy stream.</summary>
public sealed class TorchContainerTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_zip_container_gives_its_tensors()
    {
        Zip(CompressionLevel.NoCompression, 2, [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]);
        PickleDictionary entries = SnapshotFile.Read(path).Entries;
        Assert.True(entries.TryGet("g_ema", out TensorRecord? tensor));
        Assert.Equal([1.0, 2.0], tensor.ToDoubles());
    }

    [Fact]
    public void Compressed_missing_and_short_storages_are_refused()
    {
        Zip(CompressionLevel.Optimal, 2, new byte[8]);
        Assert.Contains("no data.pkl", Refused());
        Zip(CompressionLevel.NoCompression, 2, null);
        Assert.Contains("archive/data/0", Refused());
        Zip(CompressionLevel.NoCompression, 3, new byte[8]);
        Assert.Contains("3 elements", Refused());
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_of_a_container_is_survived()
    {
        Zip(CompressionLevel.NoCompression, 2, new byte[8]);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Refused();
        }

        for (int position = 0; position < whole.Length; position++)
        {
            byte[] changed = (byte[])whole.Clone();
            changed[position] ^= 0xff;
            File.WriteAllBytes(path, changed);
            Exception? error = Record.Exception(() => SnapshotFile.Read(path));
            Assert.True(error is null or SnapshotException, error?.ToString());
        }
    }

    [Fact]
    public void A_legacy_stream_gives_its_tensors_even_if_they_share_a_storage()
    {
        PickleAssembler content = new PickleAssembler().Raw("}(");
        foreach ((string name, int offset) in new[] { ("first", 0), ("second", 1) })
        {
            content.Text(name).Global("torch._utils", "_rebuild_tensor_v2").Raw("(").Storage("FloatStorage", "0", 3)
                .Int(offset).Ints(2).Ints(1).Raw(0x89).Raw("NtR");
        }

        content.Text("args").Global("argparse", "Namespace").Raw(")\u0081}").Text("size").Int(256).Raw("sbu");
        File.WriteAllBytes(path, PickleAssembler.TorchStream(content, [1, 2, 3]));
        PickleDictionary entries = SnapshotFile.Read(path).Entries;
        Assert.True(entries.TryGet("first", out TensorRecord? first) && entries.TryGet("second", out TensorRecord? _));
        Assert.Equal([1.0, 2.0], first.ToDoubles());
        Assert.Equal([2.0, 3.0], ((TensorRecord)entries["second"]!).ToDoubles());
        Assert.Same(first.Storage, ((TensorRecord)entries["second"]!).Storage);
        Assert.True(entries.TryGet("args", out PickleRecord? options));
        Assert.Equal(256L, ((PickleDictionary)options.State!)["size"]);
    }

    [Fact]
    public void A_legacy_stream_is_read_as_a_file_but_a_bare_storage_is_no_snapshot()
    {
        File.WriteAllBytes(path, PickleAssembler.TorchStream([1, 2]));
        Assert.Contains("not a dictionary", Refused());
    }

    private void Zip(CompressionLevel level, int declared, byte[]? storage)
    {
        byte[] pickle = new PickleAssembler().Proto(2).Raw("}").Text("g_ema").Global("torch._utils", "_rebuild_tensor_v2").Raw(
            "((")
            .Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Int(declared).Raw("tQ")
            .Int(0).Ints(2).Ints(1).Raw(0x89).Raw("NtRs").Stop();
        using FileStream stream = File.Create(path);
        using ZipArchive zip = new(stream, ZipArchiveMode.Create);
        Add(zip, "archive/data.pkl", pickle, level);
        if (storage is not null)
        {
            Add(zip, "archive/data/0", storage, level);
        }

        Add(zip, "archive/version", "3\n"u8.ToArray(), level);
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes, CompressionLevel level)
    {
        using Stream stream = zip.CreateEntry(name, level).Open();
        stream.Write(bytes);
    }

    private string Refused() => Assert.Throws<SnapshotException>(() => SnapshotFile.Read(path)).Message;
}
