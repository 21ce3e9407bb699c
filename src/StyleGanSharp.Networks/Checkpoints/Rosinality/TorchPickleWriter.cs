using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace StyleGanSharp.Networks.Checkpoints.Rosinality;

/// <summary>Writes the pickle of a torch container: dictionaries of tensors, protocol 2.</summary>
internal sealed class TorchPickleWriter
{
    private readonly ArrayBufferWriter<byte> stream = new();

    public TorchPickleWriter() => Raw([0x80, 2]);

    public void BeginDictionary() => Raw("}("u8);

    public void EndDictionary() => Raw("u"u8);

    public void Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Raw("X"u8);
        Int32(bytes.Length);
        Raw(bytes);
    }

    /// <summary>A float32 tensor in row-major order whose storage has a key of its own.</summary>
    public void Tensor(string key, ReadOnlySpan<long> shape)
    {
        // _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)
        Raw("ctorch._utils\n_rebuild_tensor_v2\n((X"u8);
        Int32("storage".Length);
        Raw("storagectorch\nFloatStorage\n"u8);
        Text(key);
        Text("cpu");
        long count = 1;
        var strides = new long[shape.Length];
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = count;
            count *= shape[i];
        }

        Integer(count);
        Raw("tQ"u8);
        Integer(0);
        Tuple(shape);
        Tuple(strides);
        Raw([0x89]);
        Raw("ccollections\nOrderedDict\n)RtR"u8);
    }

    public byte[] ToArray()
    {
        Raw("."u8);
        return stream.WrittenSpan.ToArray();
    }

    private void Tuple(ReadOnlySpan<long> numbers)
    {
        Raw("("u8);
        foreach (long number in numbers)
        {
            Integer(number);
        }

        Raw("t"u8);
    }

    private void Integer(long value)
    {
        Raw("J"u8);
        Int32(checked((int)value));
    }

    private void Int32(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Raw(bytes);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => stream.Write(bytes);
}
