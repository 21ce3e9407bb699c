using System.IO.Compression;
using StyleGanSharp.Networks.Tests.Checkpoints.Pickle;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Features;

/// <summary>Writes a dictionary of float32 tensors as torch.save does today: a zip archive.</summary>
internal static class TorchZipFile
{
    internal static void Write(string path, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        var pickle = new PickleAssembler().Proto(2).Raw("}(");
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        int key = 0;
        foreach ((string name, Tensor value) in tensors)
        {
            int[] sizes = [.. value.Shape.ToArray().Select(s => (int)s)];
            int[] strides = [.. sizes.Select((_, i) => sizes[(i + 1)..].Aggregate(1, (product, size) => product * size))];
            pickle.Text(name).Global("torch._utils", "_rebuild_tensor_v2").Raw("(")
                .Raw("(").Text("storage").Global("torch", "FloatStorage").Text($"{key}").Text("cpu").Int((int)value.Count)
                .Raw("tQ").Int(0).Ints(sizes).Ints(strides).Raw(0x89).Raw("NtR");
            Add(zip, $"archive/data/{key++}", value.To(DType.Float32).ToBytes());
        }

        Add(zip, "archive/data.pkl", pickle.Raw("u").Stop());
        Add(zip, "archive/version", "3\n"u8.ToArray());
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(bytes);
    }
}
