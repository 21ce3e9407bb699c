using System.Buffers.Binary;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Images.Png;

/// <summary>
/// Decodes plain PNG files (8-bit gray, RGB or RGBA, not interlaced, no tRNS) straight to planes, without an allocation once its
/// buffers have grown. Everything else is left to libvips. Checksums of the chunks are checked. Not thread-safe: one per thread.
/// </summary>
internal sealed class PlainPngDecoder
{
    private readonly Inflater inflater = new();
    private byte[] packed = [];
    private byte[] rows = [];

    /// <summary>Decodes a file whose header is already known.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">Its header, which <see cref="PngHeader.IsPlain"/>.</param>
    /// <param name="planes">Takes [channels, height, width]; exactly that long.</param>
    /// <returns>False when the file is truncated or damaged.</returns>
    public bool TryDecode(ReadOnlySpan<byte> file, in PngHeader header, Span<byte> planes)
    {
        int channels = header.Channels;
        int stride = (header.Width * channels) + 1;   // A filter number and the samples.
        long rawLength = (long)stride * header.Height;
        if (header.DataOffset < 0 || rawLength > Array.MaxLength || planes.Length != rawLength - header.Height
            || Crc32.Append(0, file[12..29]) != BinaryPrimitives.ReadUInt32BigEndian(file[29..])
            || !TryGather(file, header.DataOffset, out ReadOnlySpan<byte> stream)
            || !HasZlibHeader(stream))
        {
            return false;
        }

        if (rows.Length < rawLength)
        {
            rows = GC.AllocateUninitializedArray<byte>((int)rawLength);
        }

        Span<byte> raw = rows.AsSpan(0, (int)rawLength);
        InflateStatus status = inflater.Inflate(stream[2..], raw, out int written);
        if (written != raw.Length || status is not (InflateStatus.Done or InflateStatus.OutputFull) || !Unfilter(raw, stride, channels))
        {
            return false;
        }

        CopyPlanes(raw, stride, header.Width, header.Height, channels, planes);
        return true;
    }

    /// <summary>The compressed stream: the one IDAT chunk in place, or all of them copied together.</summary>
    private bool TryGather(ReadOnlySpan<byte> file, int at, out ReadOnlySpan<byte> stream)
    {
        stream = default;
        int length = 0;
        for (int chunks = 0; ; chunks++)
        {
            if (file.Length - at < 12)
            {
                return false;
            }

            uint size = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            uint type = BinaryPrimitives.ReadUInt32BigEndian(file[(at + 4)..]);
            if (size > (uint)(file.Length - at - 12))
            {
                return false;
            }

            if (type != PngHeader.Data)
            {
                stream = chunks > 1 ? packed.AsSpan(0, length) : stream;
                return chunks > 0;
            }

            int count = (int)size;
            ReadOnlySpan<byte> typeAndContent = file.Slice(at + 4, count + 4);
            if (Crc32.Append(0, typeAndContent) != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + count)..]))
            {
                return false;
            }

            if (chunks > 0)
            {
                if (chunks == 1)
                {
                    Grow(length + count, 0);
                    stream.CopyTo(packed);
                }

                Grow(length + count, length);
                typeAndContent[4..].CopyTo(packed.AsSpan(length));
            }
            else
            {
                stream = typeAndContent[4..];
            }

            length += count;
            at += 12 + count;
        }
    }

    private void Grow(int length, int keep)
    {
        if (packed.Length < length)
        {
            byte[] larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max(length, packed.Length * 2L)));
            packed.AsSpan(0, keep).CopyTo(larger);
            packed = larger;
        }
    }

    /// <summary>Deflate with a window of at most 32 KiB and no preset dictionary (RFC 1950).</summary>
    private static bool HasZlibHeader(ReadOnlySpan<byte> stream) =>
        stream.Length > 2 && (stream[0] & 15) == 8 && stream[0] >> 4 <= 7 && (stream[1] & 0x20) == 0
        && ((stream[0] << 8) | stream[1]) % 31 == 0;

    /// <summary>Undoes the row filters in place (W3C PNG, sec. 9.2).</summary>
    private static bool Unfilter(Span<byte> raw, int stride, int channels)
    {
        Span<byte> above = default;
        for (int at = 0; at < raw.Length; at += stride)
        {
            int filter = raw[at];
            Span<byte> row = raw.Slice(at + 1, stride - 1);
            switch (filter)
            {
                case 0:
                    break;
                case 1:
                    for (int i = channels; i < row.Length; i++)
                    {
                        row[i] += row[i - channels];
                    }

                    break;
                case 2:
                    for (int i = 0; i < above.Length; i++)
                    {
                        row[i] += above[i];
                    }

                    break;
                case 3:
                    Average(row, above, channels);
                    break;
                case 4:
                    Paeth(row, above, channels);
                    break;
                default:
                    return false;
            }

            above = row;
        }

        return true;
    }

    private static void Average(Span<byte> row, ReadOnlySpan<byte> above, int channels)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= channels ? row[i - channels] : 0;
            int up = above.IsEmpty ? 0 : above[i];
            row[i] += (byte)((left + up) >> 1);
        }
    }

    private static void Paeth(Span<byte> row, ReadOnlySpan<byte> above, int channels)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= channels ? row[i - channels] : 0;
            int up = above.IsEmpty ? 0 : above[i];
            int corner = i >= channels && !above.IsEmpty ? above[i - channels] : 0;
            int toLeft = Math.Abs(up - corner);
            int toUp = Math.Abs(left - corner);
            int toCorner = Math.Abs(left + up - (2 * corner));
            row[i] += (byte)(toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
        }
    }

    private static void CopyPlanes(ReadOnlySpan<byte> raw, int stride, int width, int height, int channels, Span<byte> planes)
    {
        int area = width * height;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = raw.Slice((y * stride) + 1, stride - 1);
            Span<byte> first = planes.Slice(y * width, width);
            if (channels == 1)
            {
                row.CopyTo(first);
                continue;
            }

            Span<byte> second = planes.Slice(area + (y * width), first.Length);
            Span<byte> third = planes.Slice((2 * area) + (y * width), first.Length);
            if (channels == 3)
            {
                for (int x = 0, i = 0; x < first.Length; x++, i += 3)
                {
                    first[x] = row[i];
                    second[x] = row[i + 1];
                    third[x] = row[i + 2];
                }

                continue;
            }

            Span<byte> fourth = planes.Slice((3 * area) + (y * width), first.Length);
            for (int x = 0, i = 0; x < first.Length; x++, i += 4)
            {
                first[x] = row[i];
                second[x] = row[i + 1];
                third[x] = row[i + 2];
                fourth[x] = row[i + 3];
            }
        }
    }
}
