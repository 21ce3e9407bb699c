using System.Buffers.Binary;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// The bytes of a pickle with a position. Every length is checked against what is there before anything is allocated, and
/// against the current frame (protocol 4: no opcode may cross the end of its frame).
/// </summary>
internal sealed class PickleInput(ReadOnlyMemory<byte> data, long baseOffset = 0)
{
    // Numbers written as text are short; a longer line is an attempt to make the parser work.
    private const int MaxNumberLine = 1024;

    private int position;
    private int frameEnd;

    /// <summary>Position from the start of the file (of the outermost stream).</summary>
    public long Offset => baseOffset + position;

    public int Position => position;

    public int Remaining => Limit - position;

    private int Limit => position < frameEnd ? frameEnd : data.Length;

    public void StartPickle() => frameEnd = 0;

    public void BeginFrame()
    {
        ulong length = UInt64();
        if (position < frameEnd)
        {
            throw new PickleException("A frame begins inside another frame", Offset);
        }

        if (length > (ulong)(data.Length - position))
        {
            throw new PickleException(
                $"A frame of {length} bytes is announced but {data.Length - position} are left: the file is cut off", Offset);
        }

        frameEnd = position + (int)length;
    }

    public ReadOnlyMemory<byte> Take(ulong length)
    {
        if (length > (ulong)Remaining)
        {
            throw new PickleException(
                $"{length} bytes are announced but {Remaining} are left: the file is cut off or damaged", Offset);
        }

        ReadOnlyMemory<byte> taken = data.Slice(position, (int)length);
        position += (int)length;
        return taken;
    }

    public ReadOnlySpan<byte> Line()
    {
        ReadOnlySpan<byte> rest = data.Span[position..Limit];
        int end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            throw new PickleException("A line does not end: the file is cut off or damaged", Offset);
        }

        position += end + 1;
        return rest[..end];
    }

    public ReadOnlySpan<byte> NumberLine()
    {
        long start = Offset;
        ReadOnlySpan<byte> line = Line();
        return line.Length <= MaxNumberLine ? line : throw new PickleException("A number of absurd length", start);
    }

    public byte Byte() => Take(1).Span[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span);

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4).Span);

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8).Span);

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8).Span);

    /// <summary>A 32-bit length that the format defines as signed (BINSTRING, LONG4).</summary>
    public ulong SignedLength()
    {
        int length = Int32();
        return length >= 0 ? (ulong)length : throw new PickleException($"A negative length ({length})", Offset - 4);
    }
}
