using System.IO.Compression;
using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Scripting;

/// <summary>
/// Looks at a file before libtorch does: whether it is a whole zip archive that holds TorchScript and asks for no more memory
/// than it has bytes. libtorch's own messages for these cases are pages of addresses.
/// </summary>
internal static class ScriptArchive
{
    // Bytes by which reading may make the file's parts larger.
    private const double MaxGrowth = 64 << 20;

    private static readonly byte[] ZipStart = "PK\u0003\u0004"u8.ToArray();

    /// <summary>Returns without a word when libtorch may read the bytes.</summary>
    /// <exception cref="ScriptModuleException">It may not.</exception>
    internal static void Require(string path, ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.Span.StartsWith(ZipStart))
        {
            throw new ScriptModuleException(path, bytes.Span.TrimStart(" \t\r\n"u8).StartsWith("<"u8)
                ? "is not a TorchScript file but a web page: download the file itself"
                : "is not a TorchScript file: those are zip archives, and this one does not begin like one");
        }

        try
        {
            using var archive = new ZipArchive(Stream(bytes), ZipArchiveMode.Read);
            string[] names = [.. archive.Entries.Select(e => e.FullName)];
            if (!Array.Exists(names, n => n.EndsWith("/constants.pkl", StringComparison.Ordinal)))
            {
                throw new ScriptModuleException(path, Array.Exists(names, n => n.EndsWith("/data.pkl", StringComparison.Ordinal))
                    ? "holds no TorchScript: it was written by torch.save, and torch.jit.save is needed"
                    : "is a zip archive without TorchScript");
            }

            // Numbers are stored as they are, only the script's text is compressed; it never has more than some hundred
            // kilobytes.
            if (archive.Entries.Any(e => e.CompressedLength > bytes.Length) || archive.Entries.Sum(Growth) > MaxGrowth)
            {
                throw new ScriptModuleException(path, "is damaged: its parts claim more bytes than the file can hold");
            }
        }
        catch (InvalidDataException e)
        {
            throw new ScriptModuleException(
                path, "is cut off or damaged: its list of parts, which stands at the end, cannot be read; download it again", e);
        }
    }

    // Without a copy where the bytes lie in an array, as those of files do.
    private static MemoryStream Stream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    // Floating point: a hostile archive's numbers must not overflow.
    private static double Growth(ZipArchiveEntry entry) => Math.Max(0.0, entry.Length - (double)entry.CompressedLength);
}
