using System.Buffers.Binary;
using System.IO.Hashing;
using NetVips;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Tests.Images;

/// <summary>Every colour type of PNG, orientation and CMYK of JPEG, animation of WebP, and files that lie.</summary>
public sealed class ImageDecoderTests
{
    [Theory]
    [InlineData(1, new byte[] { 0b1010_0000 }, new byte[] { 255, 0, 255 })]
    [InlineData(2, new byte[] { 0b00_01_11_00 }, new byte[] { 0, 85, 255 })]
    [InlineData(4, new byte[] { 0x0F, 0x30 }, new byte[] { 0, 255, 51 })]
    [InlineData(8, new byte[] { 7, 0, 200 }, new byte[] { 7, 0, 200 })]
    [InlineData(16, new byte[] { 0x12, 0xFF, 0x00, 0x80, 0xFF, 0x00 }, new byte[] { 0x12, 0x00, 0xFF })]
    public void Gray_png_of_every_depth_fills_8_bits(int bitDepth, byte[] scanline, byte[] expected)
    {
        ImageBuffer image = ImageFile.Decode(MinimalPng.Write(3, 1, bitDepth, 0, scanline));
        Assert.Equal((3, 1, 1), (image.Width, image.Height, image.Channels));
        Assert.Equal(expected, image.Pixels);
    }

    [Theory]
    [InlineData(8, new byte[] { 10, 128, 20, 0 })]
    [InlineData(16, new byte[] { 10, 99, 128, 99, 20, 99, 0, 99 })]
    public void Gray_png_with_alpha_becomes_rgba(int bitDepth, byte[] scanline)
    {
        ImageBuffer image = ImageFile.Decode(MinimalPng.Write(2, 1, bitDepth, 4, scanline));
        Assert.Equal(4, image.Channels);
        Assert.Equal([10, 10, 10, 128, 20, 20, 20, 0], image.Pixels);
    }

    [Theory]
    [InlineData(2, 1, 3)]
    [InlineData(2, 2, 3)]
    [InlineData(6, 1, 4)]
    [InlineData(6, 2, 4)]
    public void Colour_png_of_8_and_16_bits_is_exact(int colourType, int bytesPerSample, int channels)
    {
        ImageBuffer expected = TestImages.Noise(7, 5, channels);
        byte[] scanlines = [.. expected.Pixels.SelectMany(v => bytesPerSample == 1 ? new[] { v } : [v, (byte)(255 - v)])];
        ImageBuffer image = ImageFile.Decode(MinimalPng.Write(7, 5, 8 * bytesPerSample, colourType, scanlines));
        Assert.Equal(channels, image.Channels);
        Assert.Equal(expected.Pixels, image.Pixels);
    }

    [Theory]
    [InlineData(1, new byte[] { 0b0100_0000 }, new byte[] { 9, 8, 7, 1, 2, 3 })]
    [InlineData(2, new byte[] { 0b10_01_0000 }, new byte[] { 4, 5, 6, 1, 2, 3 })]
    [InlineData(4, new byte[] { 0x12 }, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(8, new byte[] { 2, 0 }, new byte[] { 4, 5, 6, 9, 8, 7 })]
    public void Palette_png_of_every_depth_gives_its_colours(int bitDepth, byte[] scanline, byte[] expected)
    {
        byte[] palette = bitDepth == 1 ? [9, 8, 7, 1, 2, 3] : [9, 8, 7, 1, 2, 3, 4, 5, 6];
        Assert.Equal(expected, ImageFile.Decode(MinimalPng.Write(2, 1, bitDepth, 3, scanline, palette)).Pixels);
    }

    [Fact]
    public void Palette_png_with_transparency_is_rgba()
    {
        ImageBuffer image = ImageFile.Decode(MinimalPng.Write(2, 1, 8, 3, [1, 0], [9, 8, 7, 1, 2, 3], transparency: [40]));
        Assert.Equal([1, 2, 3, 255, 9, 8, 7, 40], image.Pixels);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(1, 4)]
    [InlineData(3, 1)]
    [InlineData(3, 4)]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    public void Asked_channels_are_converted(int from, int to)
    {
        ImageBuffer image = TestImages.Noise(5, 4, from);
        byte[] file = ImageFile.Encode(image, new() { Format = ImageFormat.Png });
        Assert.Equal(image.ToChannels(to).Pixels, ImageFile.Decode(file, new() { Channels = to }).Pixels);
    }

    // Stored 32x16 with a white left half: where each orientation of EXIF 2.3 puts it (0 = left or top, 1 = right or bottom).
    [Theory]
    [InlineData(1, 32, 16, 0)]
    [InlineData(2, 32, 16, 1)]
    [InlineData(3, 32, 16, 1)]
    [InlineData(4, 32, 16, 0)]
    [InlineData(5, 16, 32, 0)]
    [InlineData(6, 16, 32, 0)]
    [InlineData(7, 16, 32, 1)]
    [InlineData(8, 16, 32, 1)]
    public void Exif_orientation_of_jpeg_is_applied(int orientation, int width, int height, int whiteHalf)
    {
        var stored = new ImageBuffer(32, 16, 3);
        for (int y = 0; y < 16; y++)
        {
            stored.Row(y)[..(16 * 3)].Fill(255);   // Left half white.
        }

        byte[] jpeg = WithOrientation(ImageFile.Encode(stored, new() { Format = ImageFormat.Jpeg }), (byte)orientation);
        ImageBuffer image = ImageFile.Decode(jpeg);
        ImageInfo info = ImageFile.Identify(jpeg);
        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal((width, height, 3, ImageFormat.Jpeg), (info.Width, info.Height, info.Channels, info.Format));
        byte first = image.Pixels[0];
        byte last = image.Pixels[^1];
        Assert.True(whiteHalf == 0 ? first > 200 && last < 50 : first < 50 && last > 200, $"first {first}, last {last}");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(6, true)]
    [InlineData(8, true)]
    public void Exif_orientation_of_png_is_applied(int orientation, bool turned)
    {
        byte[] png = MinimalPng.Write(3, 2, 8, 0, [1, 2, 3, 4, 5, 6], exif: MinimalPng.Orientation(orientation));
        ImageBuffer image = ImageFile.Decode(png);
        ImageInfo info = ImageFile.Identify(png);
        Assert.Equal(turned ? (2, 3) : (3, 2), (image.Width, image.Height));
        Assert.Equal((image.Width, image.Height), (info.Width, info.Height));
        byte[] expected = orientation switch
        {
            1 => [1, 2, 3, 4, 5, 6],
            3 => [6, 5, 4, 3, 2, 1],
            6 => [4, 1, 5, 2, 6, 3],
            _ => [3, 6, 2, 5, 1, 4],
        };
        Assert.Equal(expected, image.Pixels);
    }

    [Theory]
    [InlineData(".gif", ImageFormat.Gif)]
    [InlineData(".tif", ImageFormat.Tiff)]
    public void Other_formats_of_the_library_are_read_exactly(string extension, ImageFormat format)
    {
        // Few colours, so that the palette of GIF holds them all.
        var image = new ImageBuffer(6, 5, 3, [.. Enumerable.Range(0, 90).Select(i => (byte)(i / 3 % 4 * 80))]);
        using Image raw = Image.NewFromMemory(image.Pixels, 6, 5, 3, Enums.BandFormat.Uchar);
        using Image pixels = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        byte[] file = pixels.WriteToBuffer(extension);
        ImageInfo info = ImageFile.Identify(file);
        Assert.Equal((format, 6, 5), (info.Format, info.Width, info.Height));
        Assert.Equal(image.Pixels, ImageFile.Decode(file, new() { Channels = 3 }).Pixels);
    }

    [Theory]
    [InlineData(16, new byte[] { 0x07, 0x00, 0xFF })]
    [InlineData(12, new byte[] { 0x7F, 0x01, 0xFF })]
    [InlineData(10, new byte[] { 0xFF, 0x06, 0xFF })]
    public void The_bits_that_samples_use_may_be_fewer_than_16(int bits, byte[] expected)
    {
        byte[] file = MinimalPng.Write(3, 1, 16, 0, [0x07, 0xFF, 0x00, 0x1B, 0xFF, 0xFF]);
        Assert.Equal(16, ImageFile.Identify(file).SampleBits);
        Assert.Equal(expected, ImageFile.Decode(file, new() { SampleBits = bits }).Pixels);
    }

    [Fact]
    public void Images_above_the_limit_are_read_shrunk_where_that_is_asked_for()
    {
        var flat = new ImageBuffer(30, 20, 1, [.. Enumerable.Repeat((byte)77, 600)]);
        byte[] file = ImageFile.Encode(flat, new() { Format = ImageFormat.Png });
        Assert.Throws<ImageException>(() => ImageFile.Decode(file, new() { MaxPixels = 599 }));
        ImageBuffer half = ImageFile.Decode(file, new() { MaxPixels = 599, MaxShrunkPixels = 600 });
        Assert.Equal((15, 10), (half.Width, half.Height));
        Assert.All(half.Pixels, p => Assert.Equal(77, p));
        var refused = Assert.Throws<ImageException>(
            () => ImageFile.Decode(file, new() { MaxPixels = 10, MaxShrunkPixels = 599 }));
        Assert.Contains("30x20 pixels, more than the limit of 599", refused.Message);
    }

    [Fact]
    public void Planes_are_the_pixels_of_every_kind_of_file()
    {
        byte[][] files =
        [
            ImageFile.Encode(TestImages.Noise(300, 200, 1), new() { Format = ImageFormat.Png }),
            ImageFile.Encode(TestImages.Noise(300, 200, 3), new() { Format = ImageFormat.Png, Compression = 0 }),
            ImageFile.Encode(TestImages.Noise(33, 7, 4), new() { Format = ImageFormat.Png }),
            ImageFile.Encode(TestImages.Smooth(64, 64, 3), new() { Format = ImageFormat.Jpeg }),
            MinimalPng.Write(2, 1, 8, 4, [10, 128, 20, 0]), MinimalPng.Write(1, 1, 16, 2, [1, 2, 3, 4, 5, 6]),
        ];
        foreach (byte[] file in files)
        {
            ImageBuffer image = ImageFile.Decode(file);
            var planes = new byte[image.Pixels.Length];
            var kind = (image.Width, image.Height, image.Channels);
            Assert.Equal(kind, ImageDecoder.DecodePlanar(file, "X", kind, planes));
            Assert.Equal(image.ToPlanar(), planes);

            // Another kind of image writes nothing.
            Array.Fill(planes, (byte)99);
            Assert.Equal(kind, ImageDecoder.DecodePlanar(file, "X", (image.Width + 1, image.Height, image.Channels), planes));
            Assert.All(planes, p => Assert.Equal(99, p));
        }
    }

    [Fact]
    public void A_changed_byte_of_a_png_is_noticed_wherever_it_matters()
    {
        byte[] file = ImageFile.Encode(TestImages.Smooth(16, 16, 3), new() { Format = ImageFormat.Png });
        byte[] expected = ImageFile.Decode(file).ToPlanar();
        int refused = 0;
        for (int at = 0; at < file.Length; at++)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 0x10;
            var planes = new byte[expected.Length];
            try
            {
                if (ImageDecoder.DecodePlanar(damaged, "X", (16, 16, 3), planes) == (16, 16, 3))
                {
                    Assert.Equal(expected, planes);   // Only the names and contents of other chunks may differ.
                }
            }
            catch (ImageException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, file.Length / 2, file.Length);
    }

    [Fact]
    public void Cmyk_jpeg_becomes_srgb()
    {
        ImageBuffer white = ImageFile.Decode(CmykJpeg(0, 0, 0, 0));
        ImageBuffer black = ImageFile.Decode(CmykJpeg(0, 0, 0, 255));
        ImageBuffer cyan = ImageFile.Decode(CmykJpeg(255, 0, 0, 0));
        Assert.Equal(3, white.Channels);
        Assert.All(white.Pixels, v => Assert.InRange(v, 250, 255));
        Assert.All(black.Pixels, v => Assert.InRange(v, 0, 60));
        Assert.True(cyan.Pixels[0] < 60 && cyan.Pixels[1] > 120 && cyan.Pixels[2] > 180, string.Join(' ', cyan.Pixels[..3]));
    }

    [Fact]
    public void Animated_webp_gives_its_first_frame()
    {
        ImageBuffer first = TestImages.Noise(8, 6, 3);
        ImageBuffer image = ImageFile.Decode(AnimatedWebP(first, TestImages.Smooth(8, 6, 3)), new() { Channels = 3 });
        Assert.Equal((8, 6), (image.Width, image.Height));
        Assert.Equal(first.Pixels, image.Pixels);
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public void Truncated_files_are_errors(ImageFormat format)
    {
        byte[] file = ImageFile.Encode(TestImages.Noise(64, 64, 3), new() { Format = format });
        foreach (int length in new[] { 16, file.Length / 4, file.Length / 2, file.Length * 9 / 10 })
        {
            var exception = Assert.Throws<ImageException>(() => ImageFile.Decode(file.AsSpan(0, length), name: "cut"));
            Assert.Contains("cut is a damaged or truncated", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', exception.Message);
        }
    }

    [Fact]
    public void Damaged_png_data_is_an_error()
    {
        byte[] file = ImageFile.Encode(TestImages.Noise(64, 64, 3), new() { Format = ImageFormat.Png });
        file[file.Length / 2] ^= 0x55;
        Assert.Throws<ImageException>(() => ImageFile.Decode(file));
    }

    [Fact]
    public void Declared_size_is_refused_before_decoding()
    {
        // One gray line of data, but a header that declares 60000 x 60000.
        byte[] file = MinimalPng.Write(60000, 1, 8, 0, new byte[60000]);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 60000);
        uint crc = Crc32.HashToUInt32(file.AsSpan(12, 17));
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), crc);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<ImageException>(() => ImageFile.Decode(file, name: "bomb.png"));
        Assert.Equal("bomb.png declares 60000x60000 pixels, more than the limit of 268435456.", exception.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("<html><body>", "X is a web page (HTML)")]
    [InlineData("BM\u0001\u0002\0\0\0\0\0\0", "X is a BMP image")]
    [InlineData("Rar!\u001A", "X is a RAR archive")]
    [InlineData("hello there", "(it starts with 'hello there').")]
    [InlineData("\u0001\u0002\u0003", "(it starts with 01 02 03).")]
    [InlineData("", "X is empty.")]
    public void Other_content_is_named(string content, string expected)
    {
        var exception = Assert.Throws<ImageException>(
            () => ImageFile.Decode(System.Text.Encoding.Latin1.GetBytes(content), name: "X"));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Equal("X", exception.Path);
    }

    private static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        // An APP1 segment.
        byte[] exif = [.. "Exif\0\0"u8, .. MinimalPng.Orientation(orientation)];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg.AsSpan(2)];
    }

    internal static byte[] CmykJpeg(byte c, byte m, byte y, byte k)
    {
        byte[] inks = [.. Enumerable.Repeat<byte[]>([c, m, y, k], 64).SelectMany(p => p)];
        using Image raw = Image.NewFromMemory(inks, 8, 8, 4, Enums.BandFormat.Uchar);
        using Image cmyk = raw.Copy(interpretation: Enums.Interpretation.Cmyk);
        return cmyk.JpegsaveBuffer(q: 100);
    }

    internal static byte[] AnimatedWebP(params ImageBuffer[] frames)
    {
        // Container of the WebP specification: VP8X (animation), ANIM, one ANMF around each lossless stream.
        static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
            return content.Length % 2 == 0 ? [.. type, .. length, .. content] : [.. type, .. length, .. content, 0];
        }

        static byte[] Int24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

        byte[] size = [.. Int24(frames[0].Width - 1), .. Int24(frames[0].Height - 1)];
        byte[] body = [.. "WEBP"u8, .. Chunk("VP8X"u8, [0x02, 0, 0, 0, .. size]), .. Chunk("ANIM"u8, [0, 0, 0, 0, 0, 0])];
        foreach (ImageBuffer frame in frames)
        {
            byte[] still = ImageFile.Encode(frame, new() { Format = ImageFormat.WebP, Lossless = true });
            int stream = still.AsSpan().IndexOf("VP8L"u8);
            byte[] content = [.. Int24(0), .. Int24(0), .. size, .. Int24(100), 0, .. still.AsSpan(stream)];
            body = [.. body, .. Chunk("ANMF"u8, content)];
        }

        return Chunk("RIFF"u8, body);
    }
}
