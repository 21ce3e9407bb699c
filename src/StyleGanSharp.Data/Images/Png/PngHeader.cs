using System.Buffers.Binary;

namespace StyleGanSharp.Data.Images.Png;

/// <summary>What the chunks before a PNG's pixels declare (W3C PNG, sec. 11.2.2 and 11.3.2).</summary>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="BitDepth">1, 2, 4, 8 or 16 bits of a sample.</param>
/// <param name="ColourType">0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA.</param>
/// <param name="Interlaced">Adam7 instead of rows from the top.</param>
/// <param name="Transparency">Whether a tRNS chunk was met before the pixels.</param>
/// <param name="HasExif">Whether an eXIf chunk was met before the pixels: it may turn the image.</param>
/// <param name="DataOffset">Where the first IDAT chunk begins; -1 when it lies behind what was given.</param>
internal readonly record struct PngHeader(
    int Width, int Height, int BitDepth, int ColourType, bool Interlaced, bool Transparency, bool HasExif, int DataOffset)
{
    /// <summary>Signature, IHDR with its length, type and checksum.</summary>
    public const int MinLength = 33;

    /// <summary>The type of chunks of pixels, as a big-endian number.</summary>
    public const uint Data = 0x49444154;
    private const uint Header = 0x49484452;
    private const uint TransparencyChunk = 0x74524E53;
    private const uint ExifChunk = 0x65584966;

    /// <summary>The channels that reading the file gives: 1, 3 or 4.</summary>
    public int Channels => Transparency ? 4 : ColourType switch
    {
        0 => 1,
        2 or 3 => 3,
        _ => 4,
    };

    /// <summary>Reads the header; false when the bytes are no PNG or its header is malformed or incomplete.</summary>
    /// <param name="file">The file, or its beginning.</param>
    /// <param name="header">What was read.</param>
    public static bool TryRead(ReadOnlySpan<byte> file, out PngHeader header)
    {
        header = default;
        if (file.Length < MinLength
            || !file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])
            || BinaryPrimitives.ReadUInt32BigEndian(file[8..]) != 13
            || BinaryPrimitives.ReadUInt32BigEndian(file[12..]) != Header)
        {
            return false;
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(file[16..]);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        int depth = file[24];
        int type = file[25];
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || !IsAllowed(type, depth)
            || file[26] != 0 || file[27] != 0 || file[28] > 1)
        {
            return false;
        }

        (int dataOffset, bool transparency, bool exif) = FindData(file);
        header = new PngHeader((int)width, (int)height, depth, type, file[28] == 1, transparency, exif, dataOffset);
        return true;
    }

    private static (int DataOffset, bool Transparency, bool HasExif) FindData(ReadOnlySpan<byte> file)
    {
        bool transparency = false, exif = false;
        for (long at = MinLength; at + 8 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            uint type = BinaryPrimitives.ReadUInt32BigEndian(file[((int)at + 4)..]);
            if (type == Data)
            {
                return ((int)at, transparency, exif);
            }

            transparency |= type == TransparencyChunk;
            exif |= type == ExifChunk;
            at += 12L + length;
        }

        return (-1, transparency, exif);
    }

    private static bool IsAllowed(int colourType, int depth) => colourType switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        3 => depth is 1 or 2 or 4 or 8,
        2 or 4 or 6 => depth is 8 or 16,
        _ => false,
    };
}
