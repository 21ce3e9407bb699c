using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Tests.Images;

/// <summary>What is written: exact or close pixels, and nothing but pixels.</summary>
public sealed class ImageEncoderTests
{
    [Theory]
    [InlineData(1, 6)]
    [InlineData(3, 6)]
    [InlineData(4, 6)]
    [InlineData(3, 0)]
    [InlineData(4, 9)]
    public void Png_is_exact_for_an_independent_reader_and_for_ours(int channels, int compression)
    {
        ImageBuffer[] images =
            [TestImages.Noise(33, 17, channels), TestImages.Smooth(40, 30, channels), TestImages.Noise(1, 1, channels)];
        foreach (ImageBuffer image in images)
        {
            byte[] file = ImageFile.Encode(image, new() { Format = ImageFormat.Png, Compression = compression });
            (int width, int height, int foundChannels, byte[] pixels) = MinimalPng.Read(file);
            Assert.Equal((image.Width, image.Height, channels), (width, height, foundChannels));
            Assert.Equal(image.Pixels, pixels);
            Assert.Equal(image.Pixels, ImageFile.Decode(file).Pixels);
        }
    }

    [Fact]
    public void Png_holds_nothing_but_pixels_and_a_constant_scale()
    {
        byte[] file = ImageFile.Encode(TestImages.Smooth(16, 16, 3), new() { Format = ImageFormat.Png });
        Assert.Empty(MinimalPng.Chunks(file).Select(c => c.Type).Except(["IHDR", "pHYs", "IDAT", "IEND"]));
    }

    // Smooth images at quality 95 stay within a grey level or so on average; 2 leaves room between codec versions.
    [Theory]
    [InlineData(ImageFormat.Jpeg, 1)]
    [InlineData(ImageFormat.Jpeg, 3)]
    [InlineData(ImageFormat.WebP, 3)]
    [InlineData(ImageFormat.WebP, 4)]
    public void Lossy_formats_stay_close(ImageFormat format, int channels)
    {
        ImageBuffer image = TestImages.Smooth(96, 64, channels);
        ImageBuffer read = ImageFile.Decode(ImageFile.Encode(image, new() { Format = format }), new() { Channels = channels });
        Assert.InRange(TestImages.MeanDifference(image, read), 0, 2);
    }

    [Fact]
    public void Quality_changes_the_size()
    {
        ImageBuffer image = TestImages.Noise(64, 64, 3);
        foreach (ImageFormat format in new[] { ImageFormat.Jpeg, ImageFormat.WebP })
        {
            int low = ImageFile.Encode(image, new() { Format = format, Quality = 20 }).Length;
            int high = ImageFile.Encode(image, new() { Format = format }).Length;
            Assert.True(low * 2 < high, $"{format}: {low} and {high} bytes");
        }
    }

    [Fact]
    public void Lossless_webp_is_exact()
    {
        ImageBuffer image = TestImages.Noise(31, 18, 3);
        Assert.Equal(image.Pixels, ImageFile.Decode(
            ImageFile.Encode(image, new() { Format = ImageFormat.WebP, Lossless = true })).Pixels);
    }

    [Fact]
    public void Webp_stores_gray_as_equal_channels()
    {
        ImageBuffer image = TestImages.Smooth(20, 20, 1);
        ImageBuffer read = ImageFile.Decode(ImageFile.Encode(image, new() { Format = ImageFormat.WebP, Lossless = true }));
        Assert.Equal(image.ToChannels(3).Pixels, read.Pixels);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(255, 255, 255)]
    public void Jpeg_lays_alpha_over_the_background(byte r, byte g, byte b)
    {
        var image = new ImageBuffer(16, 16, 4);   // Transparent.
        byte[] file = ImageFile.Encode(image, new() { Format = ImageFormat.Jpeg, Background = new RgbColor(r, g, b) });
        ImageBuffer read = ImageFile.Decode(file);
        Assert.Equal(3, read.Channels);
        Assert.All(read.Pixels, v => Assert.InRange(v, r - 1, r + 1));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public void Same_pixels_give_same_bytes(ImageFormat format)
    {
        ImageBuffer image = TestImages.Smooth(120, 90, 3);
        byte[] first = ImageFile.Encode(image, new() { Format = format });
        var results = new byte[8][];
        Parallel.For(0, results.Length, i => results[i] = ImageFile.Encode(image, new() { Format = format }));
        Assert.All(results, other => Assert.Equal(first, other));
    }

    [Theory]
    [InlineData(0, 6, "Quality is 1 to 100, not 0.")]
    [InlineData(101, 6, "Quality is 1 to 100, not 101.")]
    [InlineData(95, 10, "Compression is 0 to 9, not 10.")]
    public void Settings_out_of_range_are_named(int quality, int compression, string expected)
    {
        var options = new ImageWriteOptions { Format = ImageFormat.Png, Quality = quality, Compression = compression };
        var exception = Assert.Throws<ArgumentException>(() => ImageFile.Encode(new ImageBuffer(1, 1, 1), options));
        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
    }
}
