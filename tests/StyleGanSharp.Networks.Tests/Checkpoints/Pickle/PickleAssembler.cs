using System.Buffers.Binary;
using System.Text;

namespace StyleGanSharp.Networks.Tests.Checkpoints.Pickle;

/// <summary>Writes pickles by hand, opcode by opcode, as an attacker would.</summary>
internal sealed class PickleAssembler
{
    private readonly List<byte> bytes = [];

    public byte[] Bytes => [.. bytes];

    /// <summary>Raw bytes; characters up to 0xff stand for themselves.</summary>
    public PickleAssembler Raw(string latin1) => Raw(Encoding.Latin1.GetBytes(latin1));

    public PickleAssembler Raw(params byte[] more)
    {
        bytes.AddRange(more);
        return this;
    }

    public PickleAssembler Proto(byte version) => Raw(0x80, version);

    public PickleAssembler Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Raw("X").Raw(Length(utf8.Length)).Raw(utf8);
    }

    public PickleAssembler Data(byte[] data) => Raw("B").Raw(Length(data.Length)).Raw(data);

    public PickleAssembler Int(int value) => Raw("J").Raw(Length(value));

    public PickleAssembler Global(string module, string name) => Raw($"c{module}\n{name}\n");

    public PickleAssembler StackGlobal(string module, string name) => Text(module).Text(name).Raw(0x93);

    /// <summary>A tuple of whole numbers.</summary>
    public PickleAssembler Ints(params int[] values)
    {
        Raw("(");
        foreach (int value in values)
        {
            Int(value);
        }

        return Raw("t");
    }

    public PickleAssembler Call() => Raw("R");

    public byte[] Stop() => Raw(".").Bytes;

    /// <summary>A legacy torch stream with one float32 storage of the given values.</summary>
    public static byte[] TorchStream(
        float[] values, string storage = "FloatStorage", int? declared = null, long? announced = null, string key = "0")
    {
        PickleAssembler content = new PickleAssembler().Storage(storage, key, declared ?? values.Length);
        return TorchStream(content, values, announced);
    }

    /// <summary>A legacy torch stream with any object over one float32 storage with the key "0".</summary>
    public static byte[] TorchStream(PickleAssembler content, float[] values, long? announced = null)
    {
        byte[] raw = new byte[values.Length * 4];
        Buffer.BlockCopy(values, 0, raw, 0, raw.Length);
        PickleAssembler stream = new();
        stream.Raw(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19).Raw(".");
        stream.Proto(2).Raw("M").Raw(0xe9, 0x03).Raw(".");
        stream.Proto(2).Raw("}").Text("little_endian").Raw(0x88).Raw("s.");
        stream.Proto(2).Raw(content.Bytes).Raw(".");
        stream.Proto(2).Raw("]").Text("0").Raw("a.");
        byte[] count = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(count, announced ?? values.Length);
        return stream.Raw(count).Raw(raw).Bytes;
    }

    /// <summary>Pushes the storage of a persistent id, in the form of the legacy stream.</summary>
    public PickleAssembler Storage(string storage, string key, int count) =>
        Raw("(").Text("storage").Global("torch", storage).Text(key).Text("cpu").Int(count).Raw("NtQ");

    /// <summary>Pushes a tensor over a storage stream.</summary>
    public PickleAssembler Tensor(byte[] storage, int offset, int[] sizes, int[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Raw("(")
            .Global("torch.storage", "_load_from_bytes").Data(storage).Raw(0x85).Call()
            .Int(offset).Ints(sizes).Ints(strides).Raw(0x89)
            .Global("collections", "OrderedDict").Raw(")R").Raw("t").Call();

    private static byte[] Length(int value)
    {
        byte[] result = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(result, value);
        return result;
    }
}
