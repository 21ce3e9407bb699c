using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>
/// Reads the central directory of a zip archive, with the 64-bit extension (APPNOTE.TXT, sec. 4.3.12 to 4.3.16, 4.5.3). Every
/// number is checked against the length of the file before it is used. Problems are <see cref="InvalidDataException"/> with a
/// clause.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const int EntryLength = 46;
    private const uint EndSignature = 0x06054B50;
    private const uint LocatorSignature = 0x07064B50;
    private const uint End64Signature = 0x06064B50;
    private const uint EntrySignature = 0x02014B50;

    // Deflate cannot do better than 1032:1 (RFC 1951: 258 bytes from 2 bits); a larger claim is a lie.
    private const long MaxDeflateRatio = 1032;

    /// <param name="handle">The file.</param>
    /// <param name="origin">Where the archive begins in it.</param>
    /// <param name="length">Bytes of the archive.</param>
    public static ZipEntry[] Read(SafeFileHandle handle, long origin, long length)
    {
        byte[] tail = ReadExactly(handle, origin, Math.Max(0, length - EndLength - ushort.MaxValue - LocatorLength), length);
        int end = FindEnd(tail);
        if (end < 0)
        {
            byte[] start = ReadExactly(handle, origin, 0, Math.Min(length, FileSignature.Length));
            throw new InvalidDataException(NoArchive(start));
        }

        ReadOnlySpan<byte> record = tail.AsSpan(end);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        long directoryEnd = length - tail.Length + end;
        if ((size == uint.MaxValue || offset == uint.MaxValue
            || BinaryPrimitives.ReadUInt16LittleEndian(record[10..]) == ushort.MaxValue)
            && end >= LocatorLength
            && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end - LocatorLength)) == LocatorSignature)
        {
            long at = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - LocatorLength + 8));
            Require(at >= 0 && at <= length - End64Length);
            byte[] large = ReadExactly(handle, origin, at, at + End64Length);
            Require(BinaryPrimitives.ReadUInt32LittleEndian(large) == End64Signature);
            size = BinaryPrimitives.ReadInt64LittleEndian(large.AsSpan(40));
            offset = BinaryPrimitives.ReadInt64LittleEndian(large.AsSpan(48));
            directoryEnd = at;
        }

        Require(size >= 0 && size <= directoryEnd && size <= Array.MaxLength);

        // Something in front of the archive (a program that unpacks it) moves every offset by its length.
        long shift = directoryEnd - size - offset;
        Require(offset >= 0 && shift >= 0);
        byte[] directory = ReadExactly(handle, origin, directoryEnd - size, directoryEnd);
        return Parse(directory, shift, directoryEnd - size);
    }

    private static int FindEnd(byte[] tail)
    {
        for (int at = tail.Length - EndLength; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) == EndSignature
                && at + EndLength + BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 20)) <= tail.Length)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>What a file without a zip's directory is, as a clause.</summary>
    private static string NoArchive(ReadOnlySpan<byte> start) => FileSignature.Name(start) switch
    {
        null => "is not a zip archive, or a truncated one",
        "a zip archive" => "is a truncated zip archive: copy or download it again",
        var name when name.EndsWith("archive", StringComparison.Ordinal) || name.EndsWith("file", StringComparison.Ordinal) =>
            $"is not a zip archive but {name}: unpack it and give the folder",
        "a web page (HTML)" =>
            "is not a zip archive but a web page (HTML), as a download gives that needs a login: download it again",
        var name => $"is not a zip archive but {name}",
    };

    private static ZipEntry[] Parse(ReadOnlySpan<byte> directory, long shift, long dataEnd)
    {
        var entries = new List<ZipEntry>();
        while (directory.Length >= EntryLength && BinaryPrimitives.ReadUInt32LittleEndian(directory) == EntrySignature)
        {
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]);
            int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            Require(EntryLength + nameLength + extraLength + commentLength <= directory.Length);
            ReadOnlySpan<byte> name = directory.Slice(EntryLength, nameLength);
            if (nameLength > 0 && name[^1] != (byte)'/' && name[^1] != (byte)'\\')
            {
                entries.Add(Entry(directory, name, directory.Slice(EntryLength + nameLength, extraLength), shift, dataEnd));
            }

            directory = directory[(EntryLength + nameLength + extraLength + commentLength)..];
        }

        return [.. entries];
    }

    private static ZipEntry Entry(
        ReadOnlySpan<byte> record, ReadOnlySpan<byte> nameBytes, ReadOnlySpan<byte> extra, long shift, long dataEnd)
    {
        string name = Encoding.UTF8.GetString(nameBytes).Replace('\\', '/');
        int flags = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
        int method = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        if ((flags & 1) != 0 || method is not (0 or 8))
        {
            throw new InvalidDataException((flags & 1) != 0
                ? $"holds '{name}' encrypted: unpack it and pack it without a password"
                : $"holds '{name}' packed by method {method}: pack it again by deflate or stored");
        }

        long packed = BinaryPrimitives.ReadUInt32LittleEndian(record[20..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(record[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(record[42..]);
        if (size == uint.MaxValue || packed == uint.MaxValue || offset == uint.MaxValue)
        {
            ReadLarge(extra, ref size, ref packed, ref offset);
        }

        offset += shift;
        Require(size >= 0 && packed >= 0 && offset >= 0 && offset < dataEnd && packed <= dataEnd - offset);
        Require(method == 8 ? size <= (packed * MaxDeflateRatio) + MaxDeflateRatio : size == packed);
        return new ZipEntry(
            name, nameBytes.Length, offset, packed, size, BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), method);
    }

    /// <summary>The 64-bit numbers are there, in this order, for the fields that are all ones.</summary>
    private static void ReadLarge(ReadOnlySpan<byte> extra, ref long size, ref long packed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            Require(length <= extra.Length - 4);
            if (id == 1)
            {
                ReadOnlySpan<byte> numbers = extra.Slice(4, length);
                Take(ref numbers, ref size);
                Take(ref numbers, ref packed);
                Take(ref numbers, ref offset);
                return;
            }

            extra = extra[(4 + length)..];
        }

        static void Take(ref ReadOnlySpan<byte> numbers, ref long value)
        {
            if (value == uint.MaxValue)
            {
                Require(numbers.Length >= 8);
                value = BinaryPrimitives.ReadInt64LittleEndian(numbers);
                numbers = numbers[8..];
            }
        }
    }

    private static byte[] ReadExactly(SafeFileHandle handle, long origin, long start, long end)
    {
        byte[] bytes = new byte[(int)(end - start)];
        for (int at = 0; at < bytes.Length;)
        {
            int read = RandomAccess.Read(handle, bytes.AsSpan(at), origin + start + at);
            Require(read > 0);
            at += read;
        }

        return bytes;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("is a damaged zip archive");
        }
    }
}
