using System.Buffers.Binary;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>
/// Finds pixels and labels in one batch of the CIFAR-10 archive. A batch is a pickle of Python; of that language only the opcodes
/// are stepped over that these files have, nothing is built or run, and anything else is refused.
/// </summary>
internal static class CifarBatch
{
    private const int PictureBytes = 3 * 32 * 32;

    /// <returns>Pixels [N, 3, 32, 32] and N labels; null when the bytes are something else.</returns>
    public static (byte[] Pixels, int[] Labels)? Parse(ReadOnlySpan<byte> data)
    {
        byte[]? pixels = null;
        var labels = new List<int>();
        bool inLabels = false;
        for (int at = 0; at < data.Length;)
        {
            byte opcode = data[at++];
            int size = Operand(opcode, data[at..]);
            if (size < 0 || size > data.Length - at)
            {
                return null;
            }

            ReadOnlySpan<byte> operand = data.Slice(at, size);
            at += size;
            switch ((char)opcode)
            {
                case 'U' or 'T' or 'X' or 'C' or 'B':
                    ReadOnlySpan<byte> text = operand[(opcode is (byte)'U' or (byte)'C' ? 1 : 4)..];
                    inLabels = text.SequenceEqual("labels"u8);   // Until the next key.
                    if (text.Length > 0 && text.Length % PictureBytes == 0)
                    {
                        pixels = text.ToArray();
                    }

                    break;
                case 'K' when inLabels:
                    labels.Add(operand[0]);
                    break;
                default:
                    break;
            }
        }

        return pixels is not null && labels.Count == pixels.Length / PictureBytes && labels.All(l => l < 10)
            ? (pixels, labels.ToArray()) : null;
    }

    /// <summary>Bytes after an opcode; -1 for opcodes that such a file does not have.</summary>
    private static int Operand(byte opcode, ReadOnlySpan<byte> rest) => (char)opcode switch
    {
        '}' or ']' or ')' or '(' or 't' or 'R' or 'b' or 'N' or 's' or 'u' or 'e' or 'a' or 'l' or 'd' or '.' => 0,
        '\x85' or '\x86' or '\x87' or '\x88' or '\x89' => 0,
        '\x80' or 'K' or 'q' or 'h' => 1,
        'M' => 2,
        'J' or 'r' or 'j' => 4,
        'U' or 'C' => rest.IsEmpty ? -1 : 1 + rest[0],
        'T' or 'X' or 'B' => rest.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(rest) > int.MaxValue - 4
            ? -1
            : 4 + (int)BinaryPrimitives.ReadUInt32LittleEndian(rest),
        'c' => Lines(rest, 2),
        'S' or 'I' or 'L' or 'p' or 'g' => Lines(rest, 1),
        _ => -1,
    };

    private static int Lines(ReadOnlySpan<byte> rest, int count)
    {
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            int end = rest[at..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return -1;
            }

            at += end + 1;
        }

        return at;
    }
}
