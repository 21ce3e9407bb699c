using System.IO.Compression;

namespace StyleGanSharp.Data.Files;

/// <summary>Inflates deflate streams (RFC 1951) from memory to memory.</summary>
internal static class Deflate
{
    /// <summary>Inflates until the stream ends, the output is full, or something is wrong.</summary>
    /// <param name="input">The stream, without any container's header.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="written">How many bytes are valid.</param>
    /// <returns>Whether the stream ended, with nothing left that did not fit.</returns>
    public static unsafe bool TryInflate(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        written = 0;
        if (input.IsEmpty)
        {
            return false;   // An empty span has no address; not even an empty stream is that short.
        }

        fixed (byte* start = input)
        {
            using var packed = new UnmanagedMemoryStream(start, input.Length);
            using var stream = new DeflateStream(packed, CompressionMode.Decompress);
            try
            {
                while (written < output.Length && stream.Read(output[written..]) is > 0 and var read)
                {
                    written += read;
                }

                return written == output.Length && stream.ReadByte() < 0;
            }
            catch (InvalidDataException)
            {
                return false;   // Damaged, or cut off.
            }
        }
    }
}
