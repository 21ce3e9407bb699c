namespace StyleGanSharp.Data.Datasets.TfRecords;

/// <summary>Walks over the fields of a message in the wire format of protocol buffers, inside the given bytes.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the current field carries bytes: a text, a message or a packed list.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>The current field's bytes; empty for numbers.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The current field's number; 0 for bytes.</summary>
    public ulong Number { get; private set; }

    /// <summary>Moves to the next field.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">The bytes are no message; the message is a clause.</exception>
    public bool Next()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        ulong tag = ReadVarint(ref rest);
        Field = tag >> 3 is > 0 and <= int.MaxValue ? (int)(tag >> 3) : throw Damaged();
        (IsBytes, Number) = (false, 0);
        Bytes = [];
        switch ((int)(tag & 7))
        {
            case Varint:
                Number = ReadVarint(ref rest);
                break;
            case LengthDelimited:
                ulong length = ReadVarint(ref rest);
                IsBytes = true;
                Bytes = Take(length);
                break;
            case Fixed64:
                Take(sizeof(ulong));
                break;
            case Fixed32:
                Take(sizeof(uint));
                break;
            default:
                throw Damaged();
        }

        return true;
    }

    /// <summary>Reads a number of seven bits per byte from the front.</summary>
    public static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int i = 0; i < 10 && i < bytes.Length; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }

        throw Damaged();
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)rest.Length)
        {
            throw Damaged();
        }

        ReadOnlySpan<byte> taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    private static InvalidDataException Damaged() => new("is not a tf.train.Example: its fields do not fit into each other");
}
