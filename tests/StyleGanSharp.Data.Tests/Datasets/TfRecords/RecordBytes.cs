using System.Buffers.Binary;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Tests.Datasets.TfRecords;

/// <summary>TFRecords by hand: frames, and examples in forms that our own writer does not use.</summary>
internal static class RecordBytes
{
    /// <summary>A frame with right checksums.</summary>
    public static byte[] Frame(byte[] payload)
    {
        byte[] length = BitConverter.GetBytes((long)payload.Length);
        return [.. length, .. Word(MaskedCrc32C.Of(length)), .. payload, .. Word(MaskedCrc32C.Of(payload))];
    }

    /// <summary>An example with any features, in the given order.</summary>
    public static byte[] Example(params byte[][] features) => Message(1, [.. features.SelectMany(f => Message(1, f))]);

    public static byte[] Shape(params ulong[] sizes) =>
        [.. Message(1, "shape"u8), .. Message(2, Message(3, Message(1, [.. sizes.SelectMany(Varint)])))];

    public static byte[] UnpackedShape(params ulong[] sizes) =>
        [.. Message(1, "shape"u8), .. Message(2, Message(3, [.. sizes.SelectMany(s => (byte[])[1 << 3, .. Varint(s)])]))];

    public static byte[] Data(byte[] pixels, string key = "data") =>
        [.. Message(1, System.Text.Encoding.ASCII.GetBytes(key)), .. Message(2, Message(1, Message(1, pixels)))];

    public static byte[] Message(int field, ReadOnlySpan<byte> content) =>
        [(byte)((field << 3) | 2), .. Varint((ulong)content.Length), .. content];

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static byte[] Word(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
