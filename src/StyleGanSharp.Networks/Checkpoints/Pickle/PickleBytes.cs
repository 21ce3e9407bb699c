namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>A Python bytes or bytearray object: a slice of the file, not a copy.</summary>
public sealed class PickleBytes
{
    internal PickleBytes(ReadOnlyMemory<byte> memory, long offset)
    {
        Memory = memory;
        Offset = offset;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>Where the bytes lie in the file; for bytes that were computed, where they were asked for.</summary>
    public long Offset { get; }

    /// <summary>Number of bytes.</summary>
    public int Length => Memory.Length;
}
