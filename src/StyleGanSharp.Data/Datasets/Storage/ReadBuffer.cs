namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>The memory that one thread reads and decodes with; it grows to the largest file and is kept.</summary>
internal sealed class ReadBuffer
{
    private byte[] file = [];
    private byte[] packed = [];

    /// <summary>Memory for a file's content.</summary>
    public Span<byte> File(int length) => Sized(ref file, length);

    /// <summary>Memory for compressed content.</summary>
    public Span<byte> Packed(int length) => Sized(ref packed, length);

    private static Span<byte> Sized(ref byte[] array, int length)
    {
        if (array.Length < length)
        {
            array = GC.AllocateUninitializedArray<byte>(length);
        }

        return array.AsSpan(0, length);
    }
}
