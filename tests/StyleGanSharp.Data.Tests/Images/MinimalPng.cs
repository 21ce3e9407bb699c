using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace StyleGanSharp.Data.Tests.Images;

/// <summary>
/// A PNG writer and reader written from the PNG specification for the tests, independent of the codec under test.
/// The writer takes packed scanlines of any colour type; the reader knows 8-bit gray, RGB and RGBA.
/// </summary>
internal static class MinimalPng
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static byte[] Write(
        int width, int height, int bitDepth, int colourType, byte[] scanlines, byte[]? palette = null,
        byte[]? transparency = null,
        byte[]? exif = null)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bitDepth;
        header[9] = (byte)colourType;
        Chunk(file, "IHDR"u8, header);
        if (palette is not null)
        {
            Chunk(file, "PLTE"u8, palette);
        }

        if (transparency is not null)
        {
            Chunk(file, "tRNS"u8, transparency);
        }

        if (exif is not null)
        {
            Chunk(file, "eXIf"u8, exif);
        }

        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            int stride = scanlines.Length / height;
            for (int y = 0; y < height; y++)
            {
                deflate.WriteByte(0);   // Filter: none.
                deflate.Write(scanlines, y * stride, stride);
            }
        }

        Chunk(file, "IDAT"u8, data.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    public static (int Width, int Height, int Channels, byte[] Pixels) Read(byte[] file)
    {
        Assert.Equal(Signature, file[..8]);
        using var data = new MemoryStream();
        int width = 0, height = 0, channels = 0;
        foreach ((string type, byte[] content) in Chunks(file))
        {
            if (type == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(content);
                height = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4));
                Assert.Equal(8, content[8]);
                Assert.Equal(0, content[12]);   // Not interlaced.
                channels = content[9] switch { 0 => 1, 2 => 3, 6 => 4, _ => throw new InvalidDataException("colour type") };
            }
            else if (type == "IDAT")
            {
                data.Write(content);
            }
        }

        data.Position = 0;
        using var inflate = new ZLibStream(data, CompressionMode.Decompress);
        int stride = width * channels;
        var pixels = new byte[stride * height];
        var above = new byte[stride];
        for (int y = 0; y < height; y++)
        {
            int filter = inflate.ReadByte();
            Span<byte> row = pixels.AsSpan(y * stride, stride);
            inflate.ReadExactly(row);
            Unfilter(filter, row, above, channels);
            row.CopyTo(above);
        }

        return (width, height, channels, pixels);
    }

    public static IEnumerable<(string Type, byte[] Content)> Chunks(byte[] file)
    {
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            yield return (System.Text.Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
    }

    /// <summary>A TIFF directory with nothing but an orientation, 1 to 8, as EXIF has it.</summary>
    public static byte[] Orientation(int value) =>
        [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)value, 0, 0, 0, 0, 0, 0];

    private static void Chunk(Stream file, ReadOnlySpan<byte> type, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32([.. type, .. content]));
        file.Write(number);
    }

    private static void Unfilter(int filter, Span<byte> row, byte[] above, int channels)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= channels ? row[i - channels] : 0;
            int aboveLeft = i >= channels ? above[i - channels] : 0;
            row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], aboveLeft),
                _ => throw new InvalidDataException("filter"),
            });
        }
    }

    private static int Paeth(int a, int b, int c)
    {
        int p = a + b - c;
        int pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
}
