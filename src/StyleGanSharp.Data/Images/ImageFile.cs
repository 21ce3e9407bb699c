using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Images;

/// <summary>
/// Reads PNG, JPEG, WebP, GIF, TIFF and AVIF, and what else libvips was built with (<see cref="ImageFormat"/>); writes PNG, JPEG
/// and WebP. Safe to call from several threads. Colour profiles of RGB and gray files are ignored (pixels are taken as sRGB);
/// 16-bit samples keep their high byte; CMYK becomes sRGB; the EXIF orientation is applied, whatever the format; animated files
/// give their first frame, others their first page; truncated files are errors.
/// </summary>
public static class ImageFile
{
    /// <summary>Reads an image file.</summary>
    /// <param name="path">The file; its format is seen from its content.</param>
    /// <param name="options">Channels, background and size limit; null = the defaults.</param>
    /// <returns>The pixels, [Height, Width, Channels], uint8.</returns>
    /// <exception cref="ImageException">
    /// The file is missing, unreadable, no image, damaged or too large, or libvips is missing.
    /// </exception>
    public static ImageBuffer Read(string path, ImageReadOptions? options = null) => Decode(ReadBytes(path), options, path);

    /// <summary>Decodes the content of an image file.</summary>
    /// <param name="data">The whole file, in memory.</param>
    /// <param name="options">Channels, background and size limit; null = the defaults.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The pixels, [Height, Width, Channels], uint8.</returns>
    /// <exception cref="ImageException">The data is not an image, damaged or too large, or libvips is missing.</exception>
    public static ImageBuffer Decode(ReadOnlySpan<byte> data, ImageReadOptions? options = null, string name = "The image") =>
        ImageDecoder.Decode(data, name, options ?? new ImageReadOptions());

    /// <summary>Reads what an image file declares, without decoding its pixels.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Format, size and channels.</returns>
    /// <exception cref="ImageException">The file is missing, unreadable, no image or damaged, or libvips is missing.</exception>
    public static ImageInfo Identify(string path) => Identify(ReadBytes(path), path);

    /// <summary>Reads what the content of an image file declares, without decoding its pixels.</summary>
    /// <param name="data">The whole file, in memory.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>Format, size and channels.</returns>
    /// <exception cref="ImageException">The data is not an image or is damaged, or libvips is missing.</exception>
    public static ImageInfo Identify(ReadOnlySpan<byte> data, string name = "The image") => ImageDecoder.Identify(data, name);

    /// <summary>Whether a file begins like an image; false where it cannot be read. libvips is not needed.</summary>
    /// <param name="path">The file; it need not exist.</param>
    public static bool IsImage(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var head = new byte[64];
            using FileStream file = File.OpenRead(path);
            int count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return ImageSignature.Detect(head.AsSpan(0, count)) is not null;
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            return false; // The reader says why.
        }
    }

    /// <summary>Reads the texts that a PNG or WebP file carries, by key; other formats carry none.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ImageException">The file is missing, unreadable, no image or damaged, or libvips is missing.</exception>
    public static IReadOnlyDictionary<string, string> ReadTexts(string path) => ImageDecoder.ReadTexts(ReadBytes(path), path);

    /// <summary>
    /// Writes an image file: beside its name first, then renamed, so that no half file is left. The same pixels give the same
    /// bytes.
    /// JPEG has no alpha: RGBA is laid over <see cref="ImageWriteOptions.Background"/> (black unless set). WebP stores gray as
    /// RGB.
    /// </summary>
    /// <param name="path">The file, in an existing folder.</param>
    /// <param name="image">The pixels.</param>
    /// <param name="options">Format and quality; null = by extension, with the defaults.</param>
    /// <exception cref="ImageException">
    /// The extension names no format, the file cannot be written, or libvips is missing.
    /// </exception>
    public static void Write(string path, ImageBuffer image, ImageWriteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(image);
        options ??= new ImageWriteOptions();
        ImageFormat format = options.Format ?? ImageSignature.FromExtension(path) ?? throw new ImageException(
            path, $"{path} has no image extension: use .png, .jpg, .jpeg or .webp.");
        byte[] encoded = ImageEncoder.Encode(image, format, path, options);
        try
        {
            AtomicFile.WriteAllBytes(path, encoded);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new ImageException(path, FileFault.DescribeWrite(exception, path), exception);
        }
    }

    /// <summary>Encodes an image in memory, by the rules of <see cref="Write"/>.</summary>
    /// <param name="image">The pixels.</param>
    /// <param name="options">Quality, and the format, which has to be set.</param>
    /// <returns>The content of an image file.</returns>
    /// <exception cref="ArgumentException">The format is not set, or a setting is out of range.</exception>
    /// <exception cref="ImageException">libvips is missing or failed.</exception>
    public static byte[] Encode(ImageBuffer image, ImageWriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        ImageFormat format = options.Format ?? throw new ArgumentException("Encoding in memory needs a format.", nameof(options));
        return ImageEncoder.Encode(image, format, "The image", options);
    }

    private static byte[] ReadBytes(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new ImageException(path, $"{path} is a folder, not an image file.");
        }

        try
        {
            OrdinaryFile.RequireLength(path);
            return File.ReadAllBytes(path);
        }
        catch (InvalidDataException exception)
        {
            throw new ImageException(path, $"{path} {exception.Message}.", exception);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new ImageException(path, FileFault.DescribeRead(exception, path), exception);
        }
    }
}
