using System.Text;

namespace StyleGanSharp.Data.Files;

/// <summary>
/// Names what a file really is, for messages about files that are not what was expected. Images that can be read are known to
/// <see cref="Images.ImageSignature"/>.
/// </summary>
internal static class FileSignature
{
    /// <summary>Bytes from the beginning of a file that are enough for all names.</summary>
    public const int Length = 512;

    private const int TarMark = 257;

    private static readonly (byte[] Start, string Name)[] Starts =
    [
        ([0x89, .. "PNG\r\n"u8], "a PNG image"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ([.. "GIF8"u8], "a GIF image"),
        ([.. "II*\0"u8], "a TIFF image"),
        ([.. "MM\0*"u8], "a TIFF image"),
        ([.. "8BPS"u8], "a Photoshop document"),
        ([.. "Rar!"u8], "a RAR archive"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive"),
        ([.. "PK\x03\x04"u8], "a zip archive"),
        ([0x1F, 0x8B], "a gzip file"),
        ([.. "BZh"u8], "a bzip2 file"),
        ([0xFD, .. "7zXZ\0"u8], "an xz file"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file"),
        ([.. "%PDF"u8], "a PDF document"),
        ([0x89, .. "HDF\r\n"u8], "an HDF5 file"),
        ([0x93, .. "NUMPY"u8], "a NumPy array"),
        ([.. "SQLite format 3\0"u8], "an SQLite database"),
        ([.. "version https://git-lfs"u8], "a Git LFS pointer instead of the file (run 'git lfs pull')"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Microsoft Office document or thumbnail database"),
    ];

    private static readonly string[] WebPages = ["<!doctype html", "<html", "<head", "<body", "<script"];

    /// <summary>The name with its article, or null when the bytes are none of what is known here.</summary>
    /// <param name="start">The beginning of the file.</param>
    public static string? Name(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] mark, string name) in Starts)
        {
            if (start.StartsWith(mark))
            {
                return name;
            }
        }

        return IsBitmap(start) ? "a BMP image"
            : start.Length >= 12 && start[4..].StartsWith("ftyp"u8) ? "an HEIC image, AVIF image or video"
            : start.Length >= TarMark + 5 && start[TarMark..].StartsWith("ustar"u8) ? "a tar archive"
            : IsPortableMap(start) ? "a PPM image"
            : TextName(start);
    }

    // "BM", then the length of the file and two reserved zeros.
    private static bool IsBitmap(ReadOnlySpan<byte> start) =>
        start.Length >= 10 && start.StartsWith("BM"u8) && start[6..10].IndexOfAnyExcept((byte)0) < 0;

    private static bool IsPortableMap(ReadOnlySpan<byte> start) =>
        start.Length >= 3 && start[0] == 'P' && start[1] is >= (byte)'1' and <= (byte)'7'
        && start[2] is (byte)'\n' or (byte)'\r' or (byte)' ';

    private static string? TextName(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        string begin = Encoding.Latin1.GetString(text).TrimStart();
        return WebPages.Any(p => begin.StartsWith(p, StringComparison.OrdinalIgnoreCase)) ? "a web page (HTML)"
            : begin.StartsWith("<?xml", StringComparison.Ordinal) || begin.StartsWith("<svg", StringComparison.Ordinal)
            ? "an XML or SVG file"
            : null;
    }
}
