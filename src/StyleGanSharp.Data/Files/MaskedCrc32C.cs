using System.Buffers.Binary;
using System.Numerics;

namespace StyleGanSharp.Data.Files;

/// <summary>
/// The checksum of TFRecord files and of the event files of TensorBoard: CRC-32C (RFC 3720, appendix B.4), rotated and shifted so
/// that data which holds checksums does not confuse itself. The processor's instruction computes it where there is one.
/// </summary>
public static class MaskedCrc32C
{
    private const uint Delta = 0xA282EAD8;
    private const int Rotation = 15;

    /// <summary>Computes the masked checksum.</summary>
    /// <param name="data">The bytes.</param>
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
