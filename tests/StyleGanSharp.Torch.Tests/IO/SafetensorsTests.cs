using System.Buffers.Binary;
using System.Text;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Torch.Tests.IO;

[WithTensorScope]
public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void All_types_shapes_and_metadata_make_the_round_trip()
    {
        string path = folder.File("all.safetensors");
        var tensors = Enum.GetValues<DType>().Where(d => d is not DType.Complex64 and not DType.Complex128)
            .Select(d => ($"t.{d}", Tensor.Full([2, 3], 1, d))).ToList();
        tensors.Add(("empty", Tensor.Empty([0, 5])));
        tensors.Add(("scalar", Tensor.Scalar(2.5, DType.Float64)));
        tensors.Add(("view", Tensor.Arange(6).Reshape(2, 3).Transpose(0, 1)));
        tensors.Add(("naïve \"name\"\n", Tensor.Ones([1])));
        var metadata = new Dictionary<string, string> { ["options"] = "{\"a\": 1}", ["ü"] = "ß 😀", [""] = "" };

        Safetensors.Write(path, tensors, metadata);
        using SafetensorsFile file = Safetensors.Read(path);

        Assert.Equal(metadata, file.Metadata);
        Assert.Equal(tensors.Select(t => t.Item1), file.Tensors.Keys);
        foreach ((string name, Tensor value) in tensors)
        {
            Tensor read = file.Tensors[name];
            Assert.Equal(value.DType, read.DType);
            Assert.Equal(value.Shape.ToArray(), read.Shape.ToArray());
            Assert.Equal(value.ToBytes(), read.ToBytes());
        }
    }

    [Fact]
    public void A_file_without_tensors_is_valid()
    {
        Safetensors.Write(folder.File("none"), []);
        using SafetensorsFile file = Safetensors.Read(folder.File("none"));
        Assert.Empty(file.Tensors);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void The_layout_is_that_of_the_format()
    {
        string path = folder.File("layout");
        Safetensors.Write(path, [("a", Tensor.From([1f], [1]))]);
        byte[] bytes = File.ReadAllBytes(path);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal([0, 0, 0x80, 0x3f], bytes[(8 + length)..]);
    }

    [Fact]
    public void Tensors_that_need_gradients_are_written_and_read_without()
    {
        Tensor x = Tensor.Ones([1]);
        x.RequiresGrad = true;
        Safetensors.Write(folder.File("grad"), [("x", x)]);
        using SafetensorsFile file = Safetensors.Read(folder.File("grad"));
        Assert.False(file.Tensors["x"].RequiresGrad);
    }

    [Fact]
    public void A_name_is_used_once_and_not_the_formats_own()
    {
        Tensor x = Tensor.Ones([1]);
        Assert.Contains("'a' is taken", Assert.Throws<ArgumentException>(
            () => Safetensors.Write(folder.File("x"), [("a", x), ("a", x)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Safetensors.Write(folder.File("x"), [("__metadata__", x)]));
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_type_that_the_format_lacks_is_named()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => Safetensors.Write(folder.File("x"), [("z", Tensor.Zeros([1], DType.Complex64))]));
        Assert.Contains("'z' is Complex64", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        string path = folder.File("kept");
        Safetensors.Write(path, [("a", Tensor.Ones([1]))]);
        byte[] before = File.ReadAllBytes(path);
        Tensor gone = Tensor.Ones([4]);
        IEnumerable<(string, Tensor)> tensors = [("a", Tensor.Ones([1])), ("gone", gone)];
        _ = gone.Shape;
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Safetensors.Write(path, tensors));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void Where_nothing_can_be_written_nothing_is_left()
    {
        Assert.Throws<DirectoryNotFoundException>(
            () => Safetensors.Write(folder.File("no/such/file"), [("a", Tensor.Ones([1]))]));

        // The target is a folder: everything is written, only the last step fails.
        Directory.CreateDirectory(folder.File("taken"));
        Assert.ThrowsAny<Exception>(() => Safetensors.Write(folder.File("taken"), [("a", Tensor.Ones([1]))]));
        Assert.Empty(Directory.GetFiles(folder.Root));
    }
}
