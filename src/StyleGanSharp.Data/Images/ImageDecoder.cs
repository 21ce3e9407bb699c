using StyleGanSharp.Data.Interop;

namespace StyleGanSharp.Data.Images;

/// <summary>Encoded bytes to pixels, through libvips' memory loaders.</summary>
internal static unsafe class ImageDecoder
{
    private const int StripValues = 1 << 18;
    private const int MinStripRows = 16;

    public static ImageBuffer Decode(ReadOnlySpan<byte> data, string name, ImageReadOptions options)
    {
        if (options.Channels is not (null or 1 or 3 or 4))
        {
            throw new ArgumentException($"An image has 1, 3 or 4 channels, not {options.Channels}.", nameof(options));
        }

        ImageFormat format = RequireFormat(data, name);
        fixed (byte* start = data)
        {
            try
            {
                // Everything made from the pinned bytes ends inside this block.
                using GObjectHandle loaded = Load(format, start, data.Length);
                RequireSize(loaded, name, options);
                using GObjectHandle? upright = Upright(loaded);
                using GObjectHandle? colour = ToSrgb(upright ?? loaded);
                ImageBuffer image = ReadPixels(colour ?? upright ?? loaded, name);
                return options.Channels is { } channels ? image.ToChannels(channels, options.Background) : image;
            }
            catch (VipsException exception)
            {
                throw Damaged(format, name, exception);
            }
        }
    }

    public static ImageInfo Identify(ReadOnlySpan<byte> data, string name)
    {
        ImageFormat format = RequireFormat(data, name);
        fixed (byte* start = data)
        {
            try
            {
                using GObjectHandle loaded = Load(format, start, data.Length);
                int width = Vips.GetWidth(loaded);
                int height = Vips.GetHeight(loaded);
                int channels = Vips.GetInterpretation(loaded) == Vips.InterpretationCmyk
                    ? 3
                    : Vips.GetBands(loaded) == 2 ? 4 : Vips.GetBands(loaded);

                // Orientations 5 to 8 turn the image by 90 degrees.
                return Vips.GetOrientation(loaded) >= 5
                    ? new ImageInfo(format, height, width, channels)
                    : new ImageInfo(format, width, height, channels);
            }
            catch (VipsException exception)
            {
                throw Damaged(format, name, exception);
            }
        }
    }

    private static ImageFormat RequireFormat(ReadOnlySpan<byte> data, string name)
    {
        ImageLibrary.EnsureStarted();
        if (data.IsEmpty)
        {
            throw new ImageException(name, $"{name} is empty.");
        }

        return ImageSignature.Detect(data) ?? throw new ImageException(
            name, $"{name} is not a PNG, JPEG or WebP image (it starts with {ImageSignature.Preview(data)}).");
    }

    /// <summary>Reads the header; pixels follow when something asks for them. Animated files give their first frame.</summary>
    private static GObjectHandle Load(ImageFormat format, byte* data, int length)
    {
        string loader = format switch
        {
            ImageFormat.Png => "pngload_buffer",
            ImageFormat.Jpeg => "jpegload_buffer",
            _ => "webpload_buffer",
        };
        using var operation = new VipsOperation(loader);
        return operation
            .Set("buffer", data, length)
            .Set("access", Vips.AccessSequential)
            .Set("fail_on", Vips.FailOnError)
            .Run()
            .Image("out");
    }

    private static void RequireSize(GObjectHandle image, string name, ImageReadOptions options)
    {
        int width = Vips.GetWidth(image);
        int height = Vips.GetHeight(image);
        long limit = Math.Min(options.MaxPixels, Array.MaxLength / 4);   // RGBA has to fit into one array.
        if ((long)width * height > limit)
        {
            throw new ImageException(name, $"{name} declares {width}x{height} pixels, more than the limit of {limit}.");
        }
    }

    /// <summary>Applies the EXIF orientation; null when there is nothing to do.</summary>
    private static GObjectHandle? Upright(GObjectHandle image)
    {
        if (Vips.GetOrientation(image) <= 1)
        {
            return null;
        }

        // Turning needs rows in another order than the file has them.
        using GObjectHandle memory = Vips.CopyMemory(image);
        if (memory.IsInvalid)
        {
            throw new VipsException(Vips.TakeError());
        }

        using var operation = new VipsOperation("autorot");
        return operation.Set("in", memory).Run().Image("out");
    }

    /// <summary>Converts CMYK through its embedded or libvips' own profile; null when there is nothing to do.</summary>
    private static GObjectHandle? ToSrgb(GObjectHandle image)
    {
        if (Vips.GetInterpretation(image) != Vips.InterpretationCmyk)
        {
            return null;
        }

        using var operation = new VipsOperation("colourspace");
        return operation.Set("in", image).Set("space", Vips.InterpretationSrgb).Run().Image("out");
    }

    /// <summary>Evaluates a pipeline into memory.</summary>
    public static ImageBuffer ReadPixels(GObjectHandle image, string name)
    {
        int width = Vips.GetWidth(image);
        int height = Vips.GetHeight(image);
        int bands = Vips.GetBands(image);
        int format = Vips.GetFormat(image);
        if (bands is < 1 or > 4 || format is not (Vips.FormatByte or Vips.FormatUShort))
        {
            throw new ImageException(
                name, $"{name} has a pixel layout that is not supported ({bands} channels, libvips format {format}).");
        }

        var result = new ImageBuffer(width, height, bands == 2 ? 4 : bands);
        using GObjectHandle region = Vips.NewRegion(image);
        if (region.IsInvalid)
        {
            throw new VipsException(Vips.TakeError());
        }

        // Strips on this thread: libvips' own way to memory starts threads for every image, which costs more than a small image.
        int rows = Math.Max(MinStripRows, StripValues / (width * bands));
        for (int top = 0; top < height; top += rows)
        {
            int count = Math.Min(rows, height - top);
            Span<byte> target = result.Pixels.AsSpan(top * width * result.Channels, count * width * result.Channels);
            CopyStrip(region, width, top, count, bands, format, target);
        }

        return result;
    }

    private static void CopyStrip(GObjectHandle region, int width, int top, int rows, int bands, int format, Span<byte> target)
    {
        byte* pixels = Vips.Fetch(region, 0, top, width, rows, out _);
        if (pixels == null)
        {
            throw new VipsException(Vips.TakeError());
        }

        try
        {
            int values = width * rows * bands;
            if (format == Vips.FormatUShort)
            {
                KeepHighBytes((ushort*)pixels, values);
            }

            var source = new ReadOnlySpan<byte>(pixels, values);
            if (bands == 2)
            {
                ChannelConversion.GrayAlphaToRgba(source, target);
            }
            else
            {
                source.CopyTo(target);
            }
        }
        finally
        {
            GObject.Free(pixels);
        }
    }

    /// <summary>16-bit samples become 8-bit by their high byte, in place.</summary>
    private static void KeepHighBytes(ushort* samples, int count)
    {
        byte* target = (byte*)samples;
        for (int i = 0; i < count; i++)
        {
            target[i] = (byte)(samples[i] >> 8);
        }
    }

    private static ImageException Damaged(ImageFormat format, string name, VipsException exception)
    {
        string detail = exception.Message.Length == 0 ? "" : $" ({exception.Message})";
        return new ImageException(name, $"{name} is a damaged or truncated {ImageSignature.Name(format)} image{detail}.", exception);
    }
}
