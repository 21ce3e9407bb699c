using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using StyleGanSharp.Data.Datasets.Storage;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>
/// Reads the numeric arrays of MATLAB files of version 5, compressed ones too. Source: MathWorks, "MAT-File Format", chapter 1.
/// Sizes are compared with what can be there before memory is taken. Problems are <see cref="InvalidDataException"/> with a
/// clause.
/// </summary>
internal static class MatReader
{
    private const int HeaderBytes = 128;
    private const int TagBytes = 8;
    private const int MatrixType = 14;
    private const int CompressedType = 15;

    // Deflate cannot do better than 1032:1 (RFC 1951: 258 bytes from 2 bits); a larger claim is a lie.
    private const long MaxDeflateRatio = 1032;

    /// <summary>Reads the arrays of whole numbers whose values fit into a byte; others are left out.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="wanted">Names of the arrays that are read; others are passed over.</param>
    public static Dictionary<string, MatArray> Read(FileStream stream, IReadOnlyCollection<string> wanted)
    {
        long length = stream.Length;
        var header = new byte[HeaderBytes];
        int read = stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (read == HeaderBytes && Encoding.ASCII.GetString(header, 0, 10) == "MATLAB 7.3")
        {
            throw new InvalidDataException("is a MATLAB file of version 7.3 (HDF5): save it with the option -v7");
        }

        if (read < HeaderBytes || header[124] != 0 || header[125] != 1 || header[126] != (byte)'I' || header[127] != (byte)'M')
        {
            throw new InvalidDataException("is not a MATLAB file of version 5 with little-endian numbers");
        }

        var arrays = new Dictionary<string, MatArray>(StringComparer.Ordinal);
        var tag = new byte[TagBytes];
        for (long at = HeaderBytes; at < length;)
        {
            if (length - at < TagBytes || stream.ReadAtLeast(tag, TagBytes, throwOnEndOfStream: false) < TagBytes)
            {
                throw Cut();
            }

            uint type = BinaryPrimitives.ReadUInt32LittleEndian(tag);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(4));
            at += TagBytes;
            if (size > length - at)
            {
                throw Cut();
            }

            byte[]? element = type switch
            {
                MatrixType => ReadExactly(stream, size),
                CompressedType => Inflate(stream, size),
                _ => null,
            };
            at += size;
            stream.Position = at;
            if (element is not null && Matrix(element, wanted) is { } array)
            {
                arrays[array.Name] = array;
            }
        }

        return arrays;
    }

    /// <summary>The content of a compressed element; null when it is no matrix.</summary>
    private static byte[]? Inflate(FileStream stream, long packed)
    {
        using var zlib = new ZLibStream(new FilePart(stream.SafeFileHandle, stream.Position, packed), CompressionMode.Decompress);
        var tag = new byte[TagBytes];
        zlib.ReadExactly(tag);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(4));
        if (BinaryPrimitives.ReadUInt32LittleEndian(tag) != MatrixType)
        {
            return null;
        }

        return size <= (packed * MaxDeflateRatio) + MaxDeflateRatio
            ? ReadExactly(zlib, size) : throw Damaged("claims more data than it can hold");
    }

    private static byte[] ReadExactly(Stream stream, long size)
    {
        if (size > Array.MaxLength)
        {
            throw Damaged($"has an array of {size} bytes, more than the limit of {Array.MaxLength}");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)size);
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static MatArray? Matrix(byte[] element, IReadOnlyCollection<string> wanted)
    {
        ReadOnlySpan<byte> rest = element;
        ReadOnlySpan<byte> flags = Next(ref rest, out _);
        ReadOnlySpan<byte> sizes = Next(ref rest, out _);
        string name = Encoding.ASCII.GetString(Next(ref rest, out _));
        if (!wanted.Contains(name))
        {
            return null;
        }

        if (flags.Length < 8 || (flags[1] & 0x08) != 0 || flags[0] is < 6 or > 13)
        {
            throw Damaged($"has an array '{name}' that is not an array of real numbers");
        }

        ReadOnlySpan<byte> data = Next(ref rest, out int type);
        int[] shape = new int[sizes.Length / sizeof(int)];
        Int128 count = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32LittleEndian(sizes[(i * sizeof(int))..]);
            count = shape.Length <= 8 && shape[i] >= 0
                ? count * shape[i] : throw Damaged($"has an array '{name}' with impossible sizes");
        }

        int width = Width(type);
        return width > 0 && count * width == data.Length
            ? new MatArray(name, shape, ToBytes(data, type, width, name))
            : throw Damaged($"has an array '{name}' whose data does not fit its sizes {string.Join('x', shape)}");
    }

    /// <summary>Takes a sub-element; short ones lie inside of their tag, others are padded to 8 bytes.</summary>
    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest, out int type)
    {
        if (rest.Length < TagBytes)
        {
            throw Cut();
        }

        uint first = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        if (first >> 16 is > 0 and var small)
        {
            type = (int)(first & 0xFFFF);
            ReadOnlySpan<byte> inside = small <= 4 ? rest.Slice(4, (int)small) : throw Damaged("has a damaged element");
            rest = rest[TagBytes..];
            return inside;
        }

        type = (int)first;
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        if (size > rest.Length - TagBytes)
        {
            throw Cut();
        }

        ReadOnlySpan<byte> content = rest.Slice(TagBytes, (int)size);
        long end = TagBytes + (((long)size + 7) / 8 * 8);
        rest = rest[(int)Math.Min(end, rest.Length)..];
        return content;
    }

    private static byte[] ToBytes(ReadOnlySpan<byte> data, int type, int width, string name)
    {
        if (type == 2)
        {
            return data.ToArray();
        }

        var bytes = new byte[data.Length / width];
        for (int i = 0; i < bytes.Length; i++)
        {
            ReadOnlySpan<byte> at = data[(i * width)..];
            double value = type switch
            {
                1 => (sbyte)at[0],
                3 => BinaryPrimitives.ReadInt16LittleEndian(at),
                4 => BinaryPrimitives.ReadUInt16LittleEndian(at),
                5 => BinaryPrimitives.ReadInt32LittleEndian(at),
                6 => BinaryPrimitives.ReadUInt32LittleEndian(at),
                7 => BinaryPrimitives.ReadSingleLittleEndian(at),
                9 => BinaryPrimitives.ReadDoubleLittleEndian(at),
                12 => BinaryPrimitives.ReadInt64LittleEndian(at),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(at),
            };
            bytes[i] = value is >= 0 and <= 255 && value == Math.Truncate(value)
                ? (byte)value
                : throw Damaged($"has an array '{name}' with a value that is not a whole number from 0 to 255");
        }

        return bytes;
    }

    /// <summary>Bytes of a number of a type (miINT8 to miUINT64); 0 for what is none.</summary>
    private static int Width(int type) => type switch { 1 or 2 => 1, 3 or 4 => 2, 5 or 6 or 7 => 4, 9 or 12 or 13 => 8, _ => 0 };

    private static InvalidDataException Cut() => Damaged("is cut off");

    private static InvalidDataException Damaged(string what) => new($"is a damaged MATLAB file: it {what}");
}
