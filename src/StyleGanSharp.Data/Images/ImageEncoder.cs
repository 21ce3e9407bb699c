using StyleGanSharp.Data.Interop;

namespace StyleGanSharp.Data.Images;

/// <summary>Pixels to encoded bytes, through libvips' memory savers. Nothing but pixels is stored.</summary>
internal static unsafe class ImageEncoder
{
    // VipsForeignPngFilter
    private const int PngFilterNone = 0x08;
    private const int PngFilterAll = 0xF8;

    public static byte[] Encode(ImageBuffer image, ImageFormat format, string name, ImageWriteOptions options)
    {
        Require(options);
        ImageLibrary.EnsureStarted();
        if (format == ImageFormat.Jpeg && image.Channels == 4)
        {
            image = image.ToChannels(3, options.Background);
        }

        fixed (byte* pixels = image.Pixels)
        {
            try
            {
                using GObjectHandle wrapped = Wrap(image, pixels);
                using VipsOperation saver = format switch
                {
                    ImageFormat.Png => Png(options),
                    ImageFormat.Jpeg => Jpeg(options),
                    _ => WebP(options),
                };

                // "strip" became "keep" in 8.15.
                if (saver.Has("keep"))
                {
                    saver.Set("keep", 0);
                }
                else
                {
                    saver.Set("strip", true);
                }

                return saver.Set("in", wrapped).Run().Bytes("buffer");
            }
            catch (VipsException exception)
            {
                throw new ImageException(
                    name, $"{name} could not be encoded as {ImageSignature.Name(format)} ({exception.Message}).", exception);
            }
        }
    }

    private static void Require(ImageWriteOptions options)
    {
        if (options.Quality is < 1 or > 100)
        {
            throw new ArgumentException($"Quality is 1 to 100, not {options.Quality}.", nameof(options));
        }

        if (options.Compression is < 0 or > 9)
        {
            throw new ArgumentException($"Compression is 0 to 9, not {options.Compression}.", nameof(options));
        }
    }

    private static GObjectHandle Wrap(ImageBuffer image, byte* pixels)
    {
        using GObjectHandle raw = Vips.NewFromMemory(
            pixels, (nuint)image.Pixels.Length, image.Width, image.Height, image.Channels, Vips.FormatByte);
        if (raw.IsInvalid)
        {
            throw new VipsException(Vips.TakeError());
        }

        // Raw memory has no meaning yet; four bands could also be CMYK.
        using var copy = new VipsOperation("copy");
        GObjectHandle wrapped = copy
            .Set("in", raw)
            .Set("interpretation", image.Channels == 1 ? Vips.InterpretationBlackWhite : Vips.InterpretationSrgb)
            .Run()
            .Image("out");

        // The pixels are there already; workers would have nothing to do but start and end.
        Vips.SetInt(wrapped, Vips.MetaConcurrency, 1);
        return wrapped;
    }

    private static VipsOperation Png(ImageWriteOptions options) =>
        new VipsOperation("pngsave_buffer")
            .Set("compression", options.Compression)
            .Set("filter", options.Compression == 0 ? PngFilterNone : PngFilterAll);

    private static VipsOperation Jpeg(ImageWriteOptions options) =>
        new VipsOperation("jpegsave_buffer").Set("Q", options.Quality);

    private static VipsOperation WebP(ImageWriteOptions options)
    {
        VipsOperation saver = new VipsOperation("webpsave_buffer").Set("Q", options.Quality).Set("lossless", options.Lossless);
        return options.Lossless && saver.Has("exact") ? saver.Set("exact", true) : saver;
    }
}
