using System.Runtime.InteropServices;
using NetVips;

namespace StyleGanSharp.Data.Images;

/// <summary>Encoded bytes to pixels, through libvips.</summary>
internal static class ImageDecoder
{
    /// <summary>Decodes to [Height, Width, Channels].</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">Channels, background, limits.</param>
    public static ImageBuffer Decode(ReadOnlySpan<byte> data, string name, ImageReadOptions options) =>
        Decode(data, name, options, out _);

    /// <summary>The same; also tells the largest 16-bit sample, 0 for files of 8 bits.</summary>
    public static ImageBuffer Decode(ReadOnlySpan<byte> data, string name, ImageReadOptions options, out int largest)
    {
        if (options.Channels is not (null or 1 or 3 or 4))
        {
            throw new ArgumentException($"An image has 1, 3 or 4 channels, not {options.Channels}.", nameof(options));
        }

        using Pipeline pipeline = Open(data, name, options);
        var image = new ImageBuffer(pipeline.Width, pipeline.Height, pipeline.Channels);
        largest = pipeline.Read(image.Pixels, planar: false);
        return options.Channels is { } channels ? image.ToChannels(channels, options.Background) : image;
    }

    /// <summary>Decodes to planes, where the image has the expected size and channels.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="expected">Columns, rows and channels.</param>
    /// <param name="destination">Takes [Channels, Height, Width].</param>
    /// <returns>What the image has; only where that is expected anything was written.</returns>
    public static (int Width, int Height, int Channels) DecodePlanar(
        ReadOnlySpan<byte> data, string name, (int Width, int Height, int Channels) expected, Span<byte> destination)
    {
        using Pipeline pipeline = Open(data, name, new ImageReadOptions());
        var found = (pipeline.Width, pipeline.Height, pipeline.Channels);
        if (found == expected)
        {
            pipeline.Read(destination, planar: true);
        }

        return found;
    }

    public static ImageInfo Identify(ReadOnlySpan<byte> data, string name)
    {
        ImageFormat format = RequireFormat(data, name);
        try
        {
            using Source source = Source.NewFromMemory(data);
            using Image loaded = Load(format, source);
            int channels = loaded.Interpretation == Enums.Interpretation.Cmyk ? 3 : loaded.Bands == 2 ? 4 : loaded.Bands;

            // Orientations 5 to 8 turn the image by 90 degrees.
            (int width, int height) = Orientation(loaded) >= 5 ? (loaded.Height, loaded.Width) : (loaded.Width, loaded.Height);
            int bits = loaded.Format == Enums.BandFormat.Ushort ? 16 : 8;
            return new ImageInfo(format, width, height, channels) { SampleBits = bits };
        }
        catch (VipsException exception)
        {
            throw Damaged(format, name, exception);
        }
    }

    /// <summary>The texts inside a PNG or WebP file; none in other formats.</summary>
    public static Dictionary<string, string> ReadTexts(ReadOnlySpan<byte> data, string name)
    {
        ImageFormat format = RequireFormat(data, name);
        try
        {
            using Source source = Source.NewFromMemory(data);
            using Image loaded = Load(format, source);
            return ImageTexts.Read(loaded);
        }
        catch (VipsException exception)
        {
            throw Damaged(format, name, exception);
        }
    }

    /// <summary>Evaluates an image into memory, in strips on this thread.</summary>
    /// <exception cref="VipsException">The pixels cannot be had.</exception>
    public static ImageBuffer ReadPixels(Image image, string name)
    {
        var pipeline = new Pipeline(ImageFormat.Png, name, new ImageReadOptions());
        pipeline.Use(image);
        var result = new ImageBuffer(pipeline.Width, pipeline.Height, pipeline.Channels);
        pipeline.Read(result.Pixels, planar: false);
        return result;
    }

    private static Pipeline Open(ReadOnlySpan<byte> data, string name, ImageReadOptions options)
    {
        var pipeline = new Pipeline(RequireFormat(data, name), name, options);
        try
        {
            pipeline.Load(data);
            return pipeline;
        }
        catch
        {
            pipeline.Dispose();
            throw;
        }
    }

    private static ImageFormat RequireFormat(ReadOnlySpan<byte> data, string name)
    {
        ImageLibrary.EnsureStarted();
        if (data.IsEmpty)
        {
            throw new ImageException(name, $"{name} is empty.");
        }

        return ImageSignature.Detect(data) is { } format && ImageLibrary.Reads(format)
            ? format
            : throw new ImageException(name, $"{name} {ImageSignature.Problem(data)}.");
    }

    /// <summary>Reads the header; pixels follow when something asks for them. Animated files give their first frame.</summary>
    private static Image Load(ImageFormat format, Source source) => (Image)Operation.Call(
        ImageLibrary.Loader(format),
        new VOption { ["access"] = Enums.Access.Sequential, ["fail_on"] = Enums.FailOn.Error },
        source);

    /// <summary>EXIF orientation 1..8; 1 when there is none.</summary>
    private static int Orientation(Image image) => image.Contains("orientation") ? (int)image.Get("orientation") : 1;

    private static ImageException Damaged(ImageFormat format, string name, VipsException exception)
    {
        string detail = ImageLibrary.Detail(exception) is { Length: > 0 } text ? $" ({text})" : "";
        return new ImageException(
            name, $"{name} is a damaged or truncated {ImageSignature.Name(format)} image{detail}.", exception);
    }

    /// <summary>From a file in memory to upright 8-bit pixels: the images in between, which are released together.</summary>
    private sealed class Pipeline(ImageFormat format, string name, ImageReadOptions options) : IDisposable
    {
        // A strip below the size from which .NET keeps arrays apart until a full collection.
        private const int StripBytes = 1 << 16;
        private const int MinStripRows = 8;

        private readonly List<IDisposable> owned = [];
        private Image image = null!;

        public int Width => image.Width;

        public int Height => image.Height;

        public int Channels => image.Bands == 2 ? 4 : image.Bands;

        public void Load(ReadOnlySpan<byte> data)
        {
            try
            {
                Source source = Own(Source.NewFromMemory(data));
                image = Own(ImageDecoder.Load(format, source));
                RequireSize();
                Turn();
                if (image.Interpretation == Enums.Interpretation.Cmyk)
                {
                    image = Own(image.Colourspace(Enums.Interpretation.Srgb));   // Through its embedded or libvips' own profile.
                }

                RequireLayout();
            }
            catch (VipsException exception)
            {
                throw Damaged(format, name, exception);
            }
        }

        /// <summary>Takes an image that is ready; it stays with the caller.</summary>
        public void Use(Image ready)
        {
            image = ready;
            RequireLayout();
        }

        /// <summary>Reads all pixels.</summary>
        /// <returns>The largest 16-bit sample; 0 for images of 8 bits.</returns>
        public int Read(Span<byte> target, bool planar)
        {
            try
            {
                (int width, int height, int bands) = (image.Width, image.Height, image.Bands);
                bool wide = image.Format == Enums.BandFormat.Ushort;
                int largest = 0;
                using Region region = Region.New(image);

                // Strips on this thread: libvips' own way to memory hands them to other threads, which costs more than a small
                // image.
                int rows = Math.Max(MinStripRows, StripBytes / (width * bands * (wide ? 2 : 1)));
                for (int top = 0; top < height; top += rows)
                {
                    int count = Math.Min(rows, height - top);
                    Span<byte> samples = region.Fetch(0, top, width, count);
                    if (wide)
                    {
                        largest = Math.Max(largest, ToBytes(samples, options.SampleBits));
                        samples = samples[..(samples.Length / 2)];
                    }

                    if (planar)
                    {
                        CopyToPlanes(samples, target, bands, top * width, width * height);
                    }
                    else if (bands == 2)
                    {
                        ChannelConversion.GrayAlphaToRgba(samples, target.Slice(top * width * 4, count * width * 4));
                    }
                    else
                    {
                        samples.CopyTo(target[(top * width * bands)..]);
                    }
                }

                return largest;
            }
            catch (VipsException exception)
            {
                throw Damaged(format, name, exception);
            }
        }

        public void Dispose()
        {
            for (int i = owned.Count - 1; i >= 0; i--)
            {
                owned[i].Dispose();
            }
        }

        /// <summary>Samples of 16 bits become bytes in place, by the highest 8 of the bits that are used.</summary>
        /// <returns>The largest sample.</returns>
        private static int ToBytes(Span<byte> samples, int bits)
        {
            int largest = 0;
            ReadOnlySpan<ushort> values = MemoryMarshal.Cast<byte, ushort>(samples);
            for (int i = 0; i < values.Length; i++)
            {
                int value = values[i];
                largest = Math.Max(largest, value);
                samples[i] = (byte)Math.Min(value >> (bits - 8), byte.MaxValue);
            }

            return largest;
        }

        private static void CopyToPlanes(ReadOnlySpan<byte> samples, Span<byte> planes, int bands, int start, int area)
        {
            int count = samples.Length / bands;
            int channels = bands == 2 ? 4 : bands;
            for (int c = 0; c < channels; c++)
            {
                // Gray with alpha: three equal channels and the alpha.
                int band = bands == 2 ? c / 3 : c;
                Span<byte> plane = planes.Slice((c * area) + start, count);
                for (int i = 0, from = band; i < plane.Length; i++, from += bands)
                {
                    plane[i] = samples[from];
                }
            }
        }

        private T Own<T>(T made)
            where T : IDisposable
        {
            owned.Add(made);
            return made;
        }

        private void RequireSize()
        {
            long limit = Math.Min(options.MaxPixels, Array.MaxLength / 4);   // RGBA has to fit into one array.
            long most = Math.Max(limit, options.MaxShrunkPixels);
            long pixels = (long)image.Width * image.Height;
            if (pixels > most)
            {
                throw new ImageException(
                    name, $"{name} declares {image.Width}x{image.Height} pixels, more than the limit of {most}.");
            }

            if (pixels > limit)
            {
                int factor = (int)Math.Ceiling(Math.Sqrt((double)pixels / limit));
                image = Own(image.Shrink(factor, factor));
            }
        }

        /// <summary>Applies the EXIF orientation.</summary>
        private void Turn()
        {
            if (Orientation(image) > 1)
            {
                // Turning needs rows in another order than the file has them.
                image = Own(image.CopyMemory());
                image = Own(image.Autorot());
            }
        }

        private void RequireLayout()
        {
            if (image.Bands is < 1 or > 4 || image.Format is not (Enums.BandFormat.Uchar or Enums.BandFormat.Ushort))
            {
                throw new ImageException(
                    name,
                    $"{name} has a pixel layout that is not supported ({image.Bands} channels, libvips format {image.Format}).");
            }
        }
    }
}
