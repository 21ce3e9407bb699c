using System.Buffers.Binary;
using System.Numerics;

namespace StyleGanSharp.Data.Files;

/// <summary>
/// The checksum of TFRecord files: CRC-32C (RFC 3720, appendix B.4), rotated and shifted so that data which holds checksums does not
/// confuse itself. The processor's instruction computes it where there is one.
/// </summary>
internal static class MaskedCrc32C
{
    private const uint Delta = 0xA282EAD8;
    private const int Rotation = 15;

    /// <summary>The masked checksum of the bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, Rotation) + Delta;
    }
}
