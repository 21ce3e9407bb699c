using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Tests.Images;

/// <summary>Synthetic images and a measure of their difference.</summary>
internal static class TestImages
{
    /// <summary>Uniform noise: the hardest case for lossless coders.</summary>
    public static ImageBuffer Noise(int width, int height, int channels)
    {
        uint state = 12345;
        var image = new ImageBuffer(width, height, channels);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            image.Pixels[i] = (byte)(state >> 24);
        }

        return image;
    }

    /// <summary>Slow waves of colour, opaque: what lossy coders are made for.</summary>
    public static ImageBuffer Smooth(int width, int height, int channels)
    {
        var image = new ImageBuffer(width, height, channels);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    double wave = Math.Sin((0.05 * x) + (0.03 * (c + 1) * y) + c);
                    image.Row(y)[(x * channels) + c] = c == 3 ? (byte)255 : (byte)(127.5 + (100 * wave));
                }
            }
        }

        return image;
    }

    public static double MeanDifference(ImageBuffer a, ImageBuffer b)
    {
        Assert.Equal((a.Width, a.Height, a.Channels), (b.Width, b.Height, b.Channels));
        return a.Pixels.Zip(b.Pixels, (p, q) => Math.Abs(p - q)).Average();
    }
}
