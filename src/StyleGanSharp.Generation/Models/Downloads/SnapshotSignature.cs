using System.Text;

namespace StyleGanSharp.Generation.Models.Downloads;

/// <summary>Tells from the first bytes whether a file can be a snapshot at all; reading it finds out the rest.</summary>
internal static class SnapshotSignature
{
    /// <summary>How many bytes are looked at.</summary>
    internal const int Bytes = 16;

    private const byte PickleProtocol = 0x80;
    private const int SafetensorsHeader = 8;

    /// <summary>
    /// Whether the bytes begin a pickle, a zip or a safetensors file; if not, <paramref name="other"/> says what they are.
    /// </summary>
    internal static bool Fits(ReadOnlySpan<byte> head, out string? other)
    {
        other = head.Length == 0 ? "nothing"
            : Encoding.Latin1.GetString(head).TrimStart().StartsWith('<') ? "a web page"
            : head[0] == PickleProtocol || head.StartsWith("PK"u8) || head.StartsWith("("u8)
            || (head.Length > SafetensorsHeader && head[SafetensorsHeader] == '{') ? null
            : "something else";
        return other is null;
    }
}
