using System.Globalization;
using System.Text;

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

        return null;
    }

    /// <summary>The format that an extension names, or null.</summary>
    public static ImageFormat? FromExtension(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => ImageFormat.Png,
        ".jpg" or ".jpeg" => ImageFormat.Jpeg,
        ".webp" => ImageFormat.WebP,
        _ => null,
    };

    /// <summary>The format's usual name.</summary>
    public static string Name(ImageFormat format) => format switch
    {
        ImageFormat.Png => "PNG",
        ImageFormat.Jpeg => "JPEG",
        _ => "WebP",
    };

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
