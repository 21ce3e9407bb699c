using NetVips;

namespace StyleGanSharp.Data.Images;

/// <summary>
/// Pixels to encoded bytes, through libvips' memory savers. Only pixels are stored, and texts where some are given.
/// </summary>
internal static class ImageEncoder
{
    public static unsafe byte[] Encode(ImageBuffer image, ImageFormat format, string name, ImageWriteOptions options)
    {
        Require(options, format);
        ImageLibrary.EnsureStarted();
        if (format == ImageFormat.Jpeg && image.Channels == 4)
        {
            image = image.ToChannels(3, options.Background);
        }

        fixed (byte* pixels = image.Pixels)
        {
            try
            {
                // Everything made from the pinned pixels ends inside this block.
                using Image raw = Image.NewFromMemory(
                    (IntPtr)pixels,
                    (ulong)image.Pixels.Length,
                    image.Width,
                    image.Height,
                    image.Channels,
                    Enums.BandFormat.Uchar);

                // Raw memory has no meaning yet; four bands could also be CMYK.
                using Image wrapped = raw.Copy(
                    interpretation: image.Channels == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
                bool hasTexts = options.Texts is { Count: > 0 } && format != ImageFormat.Jpeg;
                using Image? described = hasTexts ? ImageTexts.Attach(wrapped, format, options.Texts!) : null;
                Image saved = described ?? wrapped;
                return format switch
                {
                    ImageFormat.Png => saved.PngsaveBuffer(
                        compression: options.Compression,
                        filter: options.Compression == 0 ? Enums.ForeignPngFilter.None : Enums.ForeignPngFilter.All,
                        keep: hasTexts ? Enums.ForeignKeep.Other : Enums.ForeignKeep.None),
                    ImageFormat.Jpeg => saved.JpegsaveBuffer(q: options.Quality, keep: Enums.ForeignKeep.None),
                    _ => saved.WebpsaveBuffer(
                        q: options.Quality,
                        lossless: options.Lossless,
                        exact: options.Lossless && NetVips.NetVips.AtLeastLibvips(8, 16) ? true : null,
                        keep: hasTexts ? Enums.ForeignKeep.Xmp : Enums.ForeignKeep.None),
                };
            }
            catch (VipsException exception)
            {
                throw new ImageException(
                    name,
                    $"{name} could not be encoded as {ImageSignature.Name(format)} ({ImageLibrary.Detail(exception)}).",
                    exception);
            }
        }
    }

    private static void Require(ImageWriteOptions options, ImageFormat format)
    {
        if (format > ImageFormat.WebP)
        {
            throw new ArgumentException($"{ImageSignature.Name(format)} is read only: write PNG, JPEG or WebP.", nameof(options));
        }

        if (options.Quality is < 1 or > 100)
        {
            throw new ArgumentException($"Quality is 1 to 100, not {options.Quality}.", nameof(options));
        }

        if (options.Compression is < 0 or > 9)
        {
            throw new ArgumentException($"Compression is 0 to 9, not {options.Compression}.", nameof(options));
        }
    }
}
