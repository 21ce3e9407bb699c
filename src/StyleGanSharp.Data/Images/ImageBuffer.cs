namespace StyleGanSharp.Data.Images;

/// <summary>An 8-bit image in memory: gray, RGB or RGBA (alpha not premultiplied), rows from the top.</summary>
public sealed class ImageBuffer
{
    /// <summary>Wraps pixels without a copy.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="pixels">[height, width, channels], uint8.</param>
    /// <exception cref="ArgumentException">A size is out of range or the array has another length.</exception>
    public ImageBuffer(int width, int height, int channels, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        Require(width, height, channels);
        if (pixels.LongLength != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"An image of {width}x{height} with {channels} channels has {(long)width * height * channels} bytes, " +
                $"got {pixels.LongLength}.",
                nameof(pixels));
        }

        Width = width;
        Height = height;
        Channels = channels;
        Pixels = pixels;
    }

    /// <summary>Creates a black (and, with four channels, transparent) image.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public ImageBuffer(int width, int height, int channels)
        : this(width, height, channels, Allocate(width, height, channels))
    {
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 (gray), 3 (RGB) or 4 (RGBA).</summary>
    public int Channels { get; }

    /// <summary>[Height, Width, Channels], uint8; the image's own memory, not a copy.</summary>
    public byte[] Pixels { get; }

    /// <summary>One row.</summary>
    /// <param name="y">0 to Height - 1.</param>
    /// <returns>[Width, Channels], uint8; a view of <see cref="Pixels"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<byte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        int stride = Width * Channels;
        return Pixels.AsSpan(y * stride, stride);
    }

    /// <summary>
    /// The same image with another number of channels. Gray becomes equal R, G and B; missing alpha becomes 255; colour becomes
    /// gray
    /// by the luma of ITU-R BT.601 in 16-bit fixed point (19595 R + 38470 G + 7471 B + 32768) / 65536.
    /// </summary>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="background">Shows through where alpha is removed; null = alpha is dropped and colours stay.</param>
    /// <returns>A new image, or this one when it already has them.</returns>
    /// <exception cref="ArgumentException">Another number of channels was asked for.</exception>
    public ImageBuffer ToChannels(int channels, RgbColor? background = null) =>
        ChannelConversion.Convert(this, channels, background);

    /// <summary>The pixels channel by channel, as networks take them.</summary>
    /// <returns>[Channels, Height, Width], uint8; a new array.</returns>
    public byte[] ToPlanar()
    {
        var planar = new byte[Pixels.Length];
        CopyPlanar(planar);
        return planar;
    }

    /// <summary>Copies the pixels channel by channel.</summary>
    /// <param name="planar">Takes [Channels, Height, Width], uint8; exactly that long.</param>
    /// <exception cref="ArgumentException">The memory has another length.</exception>
    public void CopyPlanar(Span<byte> planar)
    {
        if (planar.Length != Pixels.Length)
        {
            throw new ArgumentException($"The image has {Pixels.Length} bytes, got room for {planar.Length}.", nameof(planar));
        }

        int area = Width * Height;
        for (int c = 0; c < Channels; c++)
        {
            Span<byte> plane = planar.Slice(c * area, area);
            for (int i = 0, p = c; i < plane.Length; i++, p += Channels)
            {
                plane[i] = Pixels[p];
            }
        }
    }

    /// <summary>Builds an image from channel-by-channel pixels, as networks give them.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="planar">[channels, height, width], uint8.</param>
    /// <returns>A new image.</returns>
    /// <exception cref="ArgumentException">A size is out of range or the array has another length.</exception>
    public static ImageBuffer FromPlanar(int width, int height, int channels, ReadOnlySpan<byte> planar)
    {
        var image = new ImageBuffer(width, height, channels);
        if (planar.Length != image.Pixels.Length)
        {
            throw new ArgumentException(
                $"An image of {width}x{height} with {channels} channels has {image.Pixels.Length} bytes, got {planar.Length}.",
                nameof(planar));
        }

        int area = width * height;
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<byte> plane = planar.Slice(c * area, area);
            for (int i = 0, p = c; i < plane.Length; i++, p += channels)
            {
                image.Pixels[p] = plane[i];
            }
        }

        return image;
    }

    private static byte[] Allocate(int width, int height, int channels)
    {
        Require(width, height, channels);
        return new byte[width * height * channels];
    }

    private static void Require(int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3 or 4))
        {
            throw new ArgumentException($"An image has 1, 3 or 4 channels, not {channels}.", nameof(channels));
        }

        if ((long)width * height * channels > Array.MaxLength)
        {
            throw new ArgumentException(
                $"An image of {width}x{height} with {channels} channels does not fit into one array.", nameof(width));
        }
    }
}
