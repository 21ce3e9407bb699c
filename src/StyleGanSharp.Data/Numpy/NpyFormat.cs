using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace StyleGanSharp.Data.Numpy;

/// <summary>The .npy layout: magic, version, header length, header text, elements.</summary>
internal static class NpyFormat
{
    // NumPy itself refuses headers above 10,000 characters unless told otherwise.
    private const int MaxHeaderLength = 64 * 1024;
    private const int Alignment = 64;

    // Room that NumPy leaves for the first size to grow in place (GROWTH_AXIS_MAX_DIGITS).
    private const int GrowthDigits = 21;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads up to the first element.</summary>
    public static NumpyHeader ReadHeader(Stream stream, string name)
    {
        Span<byte> start = stackalloc byte[8];
        Fill(stream, start, name, Magic);
        int version = start[6];
        if (version is < 1 or > 3 || start[7] != 0)
        {
            throw new NumpyFileException(name, $"{name} has NumPy format version {version}.{start[7]}; 1.0 to 3.0 can be read.");
        }

        Span<byte> lengthBytes = stackalloc byte[version == 1 ? 2 : 4];
        Fill(stream, lengthBytes, name);
        uint length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > MaxHeaderLength)
        {
            throw new NumpyFileException(
                name, $"{name} has a NumPy header of {length} bytes, more than the limit of {MaxHeaderLength}.");
        }

        byte[] header = new byte[length];
        Fill(stream, header, name);
        Encoding encoding = version == 3 ? Encoding.UTF8 : Encoding.Latin1;
        return NpyHeaderParser.Parse(encoding.GetString(header), name) with
        {
            DataStart = start.Length + lengthBytes.Length + header.Length,
        };
    }

    /// <summary>
    /// Reads the elements after <see cref="ReadHeader"/>; the caller has compared their length with what can be there.
    /// </summary>
    public static NumpyArray ReadData(Stream stream, NumpyHeader header, string name)
    {
        byte[] bytes = new byte[header.DataLength];
        Fill(stream, bytes, name);
        if (stream.ReadByte() >= 0)
        {
            throw new NumpyFileException(name, $"{name} has more data than its shape {NumpyArray.Describe(header.Shape)} holds.");
        }

        int size = NumpyTypes.Size(header.Type);
        if (header.BigEndian == BitConverter.IsLittleEndian)
        {
            ReverseEndianness(bytes, size);
        }

        if (header.FortranOrder && header.Shape.Length > 1)
        {
            bytes = ToRowMajor(bytes, header.Shape, size);
        }

        return new NumpyArray(header.Type, header.Shape, bytes);
    }

    /// <summary>Writes an array as NumPy does: version 1.0, C order, elements at a multiple of 64 bytes.</summary>
    public static void Write(Stream stream, NumpyArray array)
    {
        stream.Write(Header(array));
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(array.Bytes);
        }
        else
        {
            byte[] copy = array.Bytes.ToArray();
            ReverseEndianness(copy, NumpyTypes.Size(array.Type));
            stream.Write(copy);
        }
    }

    private static byte[] Header(NumpyArray array)
    {
        string code = NumpyTypes.Code(array.Type);
        char order = NumpyTypes.Size(array.Type) == 1 ? '|' : '<';
        string[] sizes = [.. array.Shape.ToArray().Select(s => s.ToString(CultureInfo.InvariantCulture))];
        string shape = sizes.Length == 1 ? $"({sizes[0]},)" : $"({string.Join(", ", sizes)})";
        string text = $"{{'descr': '{order}{code}', 'fortran_order': False, 'shape': {shape}, }}";
        if (sizes.Length > 0)
        {
            text += new string(' ', GrowthDigits - sizes[0].Length);
        }

        int prefix = Magic.Length + 4;
        int total = (prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var header = new byte[total];
        header.AsSpan().Fill((byte)' ');
        Magic.CopyTo(header);
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(total - prefix));
        Encoding.ASCII.GetBytes(text, header.AsSpan(prefix));
        header[^1] = (byte)'\n';
        return header;
    }

    private static void Fill(Stream stream, Span<byte> target, string name, ReadOnlySpan<byte> magic = default)
    {
        int read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (!target[..Math.Min(read, magic.Length)].SequenceEqual(magic[..Math.Min(read, magic.Length)]))
        {
            throw new NumpyFileException(name, $"{name} is not a NumPy .npy file.");
        }

        if (read < target.Length)
        {
            throw new NumpyFileException(name, read == 0 && !magic.IsEmpty ? $"{name} is empty." : $"{name} is truncated.");
        }
    }

    private static void ReverseEndianness(byte[] bytes, int size)
    {
        switch (size)
        {
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan());
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                Span<uint> ints = MemoryMarshal.Cast<byte, uint>(bytes.AsSpan());
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan());
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    /// <summary>First dimension fastest to last dimension fastest.</summary>
    private static byte[] ToRowMajor(byte[] source, long[] shape, int size)
    {
        var strides = new long[shape.Length];   // Of the source, in elements.
        long stride = 1;
        for (int d = 0; d < shape.Length; d++)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        var target = new byte[source.Length];
        var index = new long[shape.Length];
        long from = 0;
        for (int to = 0; to < target.Length; to += size)
        {
            source.AsSpan((int)(from * size), size).CopyTo(target.AsSpan(to));

            // Count up in C order, moving along in the source.
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                from += strides[d];
                if (++index[d] < shape[d])
                {
                    break;
                }

                from -= shape[d] * strides[d];
                index[d] = 0;
            }
        }

        return target;
    }
}
