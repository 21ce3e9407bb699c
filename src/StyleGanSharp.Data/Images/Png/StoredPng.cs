using System.Buffers.Binary;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Images.Png;

/// <summary>Writes PNG files without compression, which are read several times faster than packed ones.</summary>
internal static class StoredPng
{
    private const int MaxBlock = 65535;
    private const int AdlerModulus = 65521;
    private const int AdlerRun = 5552;   // Sums of so many bytes still fit into 32 bits (RFC 1950).

    public static byte[] Encode(ImageBuffer image)
    {
        int stride = image.Width * image.Channels;
        int raw = checked((stride + 1) * image.Height);
        int blocks = (raw + MaxBlock - 1) / MaxBlock;
        int data = checked(2 + (5 * blocks) + raw + 4);
        var file = new byte[checked(PngHeader.MinLength + 12 + data + 12)];
        Span<byte> at = file;
        ((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]).CopyTo(at);

        Span<byte> header = at.Slice(16, 13);
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;
        header[9] = image.Channels switch { 1 => 0, 3 => 2, _ => 6 };
        Frame(at[8..], 13, "IHDR"u8);

        WriteStream(at.Slice(PngHeader.MinLength + 8, data), image, stride, raw);
        Frame(at[PngHeader.MinLength..], data, "IDAT"u8);
        Frame(at[(PngHeader.MinLength + 12 + data)..], 0, "IEND"u8);
        return file;
    }

    /// <summary>Length, type and checksum around a chunk's content that is in place already.</summary>
    private static void Frame(Span<byte> chunk, int length, ReadOnlySpan<byte> type)
    {
        BinaryPrimitives.WriteInt32BigEndian(chunk, length);
        type.CopyTo(chunk[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[(8 + length)..], Crc32.Append(0, chunk.Slice(4, 4 + length)));
    }

    private static void WriteStream(Span<byte> stream, ImageBuffer image, int stride, int raw)
    {
        var rows = new byte[raw];   // Filter 0 before every row.
        for (int y = 0; y < image.Height; y++)
        {
            image.Row(y).CopyTo(rows.AsSpan((y * (stride + 1)) + 1));
        }

        stream[0] = 0x78;
        stream[1] = 0x01;
        int at = 2;
        for (int start = 0; start < raw; start += MaxBlock)
        {
            int count = Math.Min(MaxBlock, raw - start);
            stream[at] = start + count == raw ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt16LittleEndian(stream[(at + 1)..], (ushort)count);
            BinaryPrimitives.WriteUInt16LittleEndian(stream[(at + 3)..], (ushort)~count);
            rows.AsSpan(start, count).CopyTo(stream[(at + 5)..]);
            at += 5 + count;
        }

        BinaryPrimitives.WriteUInt32BigEndian(stream[at..], Adler32(rows));
    }

    private static uint Adler32(ReadOnlySpan<byte> data)
    {
        uint a = 1, b = 0;
        while (!data.IsEmpty)
        {
            ReadOnlySpan<byte> run = data[..Math.Min(AdlerRun, data.Length)];
            foreach (byte value in run)
            {
                a += value;
                b += a;
            }

            a %= AdlerModulus;
            b %= AdlerModulus;
            data = data[run.Length..];
        }

        return (b << 16) | a;
    }
}
