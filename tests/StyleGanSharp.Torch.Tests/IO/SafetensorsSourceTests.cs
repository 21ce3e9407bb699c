using StyleGanSharp.Testing;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Torch.Tests.IO;

/// <summary>Tensors of several parts, which are read on several threads.</summary>
[WithTensorScope]
public sealed class SafetensorsSourceTests : IDisposable
{
    private const int Parts = 5;

    private const int PartElements = 1 << 20;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Write(Tensor tensor)
    {
        string path = folder.File("large.safetensors");
        Safetensors.Write(path, [("small", Tensor.Arange(3)), ("large", tensor)], new Dictionary<string, string>());
        return path;
    }

    [Fact]
    public void A_tensor_of_several_parts_is_read_whole()
    {
        Tensor large = Tensor.Arange((Parts * PartElements) - 3);
        using SafetensorsSource source = Safetensors.Open(Write(large));
        Assert.True(source.Read("large").ToBytes().AsSpan().SequenceEqual(large.ToBytes()));
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void It_is_read_into_the_callers_memory_and_type(DType type)
    {
        Tensor large = Tensor.Arange(Parts * PartElements);
        using SafetensorsSource source = Safetensors.Open(Write(large));
        Tensor target = Tensor.Zeros([Parts * PartElements], type);
        nint memory = target.DataPointer;
        source.ReadInto("large", target);
        Assert.Equal(memory, target.DataPointer);
        Assert.True(target.ToBytes().AsSpan().SequenceEqual(large.To(type).ToBytes()));
    }

    [Fact]
    public void It_is_read_into_another_layout()
    {
        Tensor large = Tensor.Arange(Parts * PartElements).Reshape(Parts, PartElements);
        using SafetensorsSource source = Safetensors.Open(Write(large));
        Tensor target = Tensor.Zeros([PartElements, Parts]).Transpose(0, 1);
        source.ReadInto("large", target);
        Assert.True(target.Contiguous().ToBytes().AsSpan().SequenceEqual(large.ToBytes()));
    }

    [Fact]
    public void A_truth_value_that_is_none_is_found_in_the_last_part_too()
    {
        string path = Write(Tensor.Zeros([(long)Parts * PartElements * sizeof(float)], DType.Bool));
        using (FileStream stream = File.OpenWrite(path))
        {
            stream.Position = stream.Length - 1;
            stream.WriteByte(2);
        }

        using SafetensorsSource source = Safetensors.Open(path);
        SafetensorsException e = Assert.Throws<SafetensorsException>(() => source.Read("large"));
        Assert.Contains("'large' has truth values other than 0 and 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_becomes_shorter_is_an_error_of_the_file()
    {
        string path = Write(Tensor.Arange(Parts * PartElements));
        using SafetensorsSource source = Safetensors.Open(path);
        using (FileStream stream = File.Open(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(stream.Length / 2);
        }

        IOException e = Assert.ThrowsAny<IOException>(() => source.Read("large"));
        Assert.Contains("became shorter", e.Message, StringComparison.Ordinal);
    }
}
