using System.Globalization;
using System.Text;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Images;

/// <summary>Tells formats apart by their first bytes; names of files are not trusted.</summary>
internal static class ImageSignature
{
    private const int PreviewLength = 12;

    /// <summary>The format of a file's content, or null.</summary>
    public static ImageFormat? Detect(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]))
        {
            return ImageFormat.Png;
        }

        if (data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return ImageFormat.Jpeg;
        }

        if (data.Length >= 12 && data.StartsWith("RIFF"u8) && data[8..].StartsWith("WEBP"u8))
        {
            return ImageFormat.WebP;
        }

        if (data.StartsWith("GIF87a"u8) || data.StartsWith("GIF89a"u8))
        {
            return ImageFormat.Gif;
        }

        // 42 is TIFF, 43 is BigTIFF.
        if (data.StartsWith("II*\0"u8) || data.StartsWith("II+\0"u8) || data.StartsWith("MM\0*"u8) || data.StartsWith("MM\0+"u8))
        {
            return ImageFormat.Tiff;
        }

        if (data.Length >= 12 && data[4..].StartsWith("ftyp"u8)
            && (data[8..].StartsWith("avif"u8) || data[8..].StartsWith("avis"u8)))
        {
            return ImageFormat.Avif;
        }

        // The bare stream, or the container.
        if (data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || (data.Length >= 12 && data[4..].StartsWith("JXL \r\n"u8)))
        {
            return ImageFormat.JpegXl;
        }

        return data.Length >= 3 && data[0] == 'P' && data[1] is >= (byte)'1' and <= (byte)'6'
            && data[2] is (byte)'\n' or (byte)'\r' or (byte)' '
            ? ImageFormat.Ppm
            : null;
    }

    /// <summary>The format that an extension names and that is written, or null.</summary>
    public static ImageFormat? FromExtension(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => ImageFormat.Png,
        ".jpg" or ".jpeg" => ImageFormat.Jpeg,
        ".webp" => ImageFormat.WebP,
        _ => null,
    };

    /// <summary>The format that the name of an image leads to expect and that this libvips reads, or null.</summary>
    public static ImageFormat? Expected(string path)
    {
        ImageFormat? format = FromExtension(path) ?? Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jfif" or ".jpe" => ImageFormat.Jpeg,
            ".gif" => ImageFormat.Gif,
            ".tif" or ".tiff" => ImageFormat.Tiff,
            ".avif" => ImageFormat.Avif,
            ".jxl" => ImageFormat.JpegXl,
            ".ppm" or ".pgm" or ".pbm" or ".pnm" => ImageFormat.Ppm,
            _ => null,
        };
        return format is { } known && ImageLibrary.Reads(known) ? format : null;
    }

    /// <summary>Extensions of images that are never read; where some are left out, they are called images.</summary>
    public static bool IsForeign(string extension) => extension is ".bmp" or ".dib" or ".heic" or ".heif" or ".svg" or ".psd"
        or ".tga" or ".ico" or ".exr" or ".hdr" or ".jp2" or ".j2k" or ".dng" or ".cr2" or ".cr3" or ".nef" or ".arw" or ".raw"
        or ".dds" or ".pcx" or ".eps" or ".xcf" or ".ppm" or ".pgm" or ".pbm" or ".pnm" or ".jxl" or ".avif";

    /// <summary>The format's usual name.</summary>
    public static string Name(ImageFormat format) => format switch
    {
        ImageFormat.Png => "PNG",
        ImageFormat.Jpeg => "JPEG",
        ImageFormat.WebP => "WebP",
        ImageFormat.Gif => "GIF",
        ImageFormat.Tiff => "TIFF",
        ImageFormat.Avif => "AVIF",
        ImageFormat.JpegXl => "JPEG XL",
        _ => "PPM",
    };

    /// <summary>Says why content cannot be read as an image, as the rest of a sentence without its period.</summary>
    public static string Problem(ReadOnlySpan<byte> data) =>
        FileSignature.Name(data[..Math.Min(data.Length, FileSignature.Length)]) is { } name
            ? $"is {name}, not a PNG, JPEG, WebP, GIF or TIFF image"
            : $"is not a PNG, JPEG, WebP, GIF or TIFF image (it starts with {Preview(data)})";

    /// <summary>The beginning of a file for a message: quoted when it is text, else in hexadecimal.</summary>
    public static string Preview(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> start = data[..Math.Min(PreviewLength, data.Length)];
        int text = 0;
        while (text < start.Length && start[text] is >= 0x20 and < 0x7F)
        {
            text++;
        }

        if (text >= 4 || text == data.Length)
        {
            return $"'{Encoding.ASCII.GetString(start[..text]).TrimEnd()}'";
        }

        byte[] shown = start[..Math.Min(8, start.Length)].ToArray();
        return string.Join(' ', shown.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
