namespace StyleGanSharp.Data.Images;

/// <summary>Conversions between gray, RGB and RGBA; the rules are documented at <see cref="ImageBuffer.ToChannels"/>.</summary>
internal static class ChannelConversion
{
    public static ImageBuffer Convert(ImageBuffer image, int channels, RgbColor? background)
    {
        if (channels is not (1 or 3 or 4))
        {
            throw new ArgumentException($"An image has 1, 3 or 4 channels, not {channels}.", nameof(channels));
        }

        if (image.Channels == channels)
        {
            return image;
        }

        var result = new ImageBuffer(image.Width, image.Height, channels);
        ReadOnlySpan<byte> source = image.Pixels;
        Span<byte> target = result.Pixels;
        switch (image.Channels, channels)
        {
            case (1, _):
                FromGray(source, target, channels);
                break;
            case (3, 4):
                AddAlpha(source, target);
                break;
            case (3, 1):
                ToGray(source, target);
                break;
            case (4, 3):
                RemoveAlpha(source, target, background);
                break;
            default:
                return Convert(Convert(image, 3, background), 1, null);
        }

        return result;
    }

    /// <summary>Gray with alpha, [H, W, 2], as RGBA.</summary>
    public static void GrayAlphaToRgba(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int s = 0, t = 0; s + 1 < source.Length; s += 2, t += 4)
        {
            byte gray = source[s];
            target[t] = gray;
            target[t + 1] = gray;
            target[t + 2] = gray;
            target[t + 3] = source[s + 1];
        }
    }

    private static void FromGray(ReadOnlySpan<byte> source, Span<byte> target, int channels)
    {
        target.Fill(255);   // Alpha, where there is one.
        for (int s = 0, t = 0; s < source.Length; s++, t += channels)
        {
            byte gray = source[s];
            target[t] = gray;
            target[t + 1] = gray;
            target[t + 2] = gray;
        }
    }

    private static void AddAlpha(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int s = 0, t = 0; s + 2 < source.Length; s += 3, t += 4)
        {
            target[t] = source[s];
            target[t + 1] = source[s + 1];
            target[t + 2] = source[s + 2];
            target[t + 3] = 255;
        }
    }

    private static void ToGray(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int s = 0, t = 0; s + 2 < source.Length; s += 3, t++)
        {
            target[t] = (byte)(((19595 * source[s]) + (38470 * source[s + 1]) + (7471 * source[s + 2]) + 32768) >> 16);
        }
    }

    private static void RemoveAlpha(ReadOnlySpan<byte> source, Span<byte> target, RgbColor? background)
    {
        if (background is not { } b)
        {
            for (int s = 0, t = 0; s + 3 < source.Length; s += 4, t += 3)
            {
                target[t] = source[s];
                target[t + 1] = source[s + 1];
                target[t + 2] = source[s + 2];
            }

            return;
        }

        for (int s = 0, t = 0; s + 3 < source.Length; s += 4, t += 3)
        {
            int alpha = source[s + 3];
            target[t] = Over(source[s], b.R, alpha);
            target[t + 1] = Over(source[s + 1], b.G, alpha);
            target[t + 2] = Over(source[s + 2], b.B, alpha);
        }
    }

    private static byte Over(int colour, int background, int alpha) =>
        (byte)(((colour * alpha) + (background * (255 - alpha)) + 127) / 255);
}
