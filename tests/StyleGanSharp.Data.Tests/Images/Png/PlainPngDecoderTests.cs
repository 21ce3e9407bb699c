using System.Buffers.Binary;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Images.Png;

namespace StyleGanSharp.Data.Tests.Images.Png;

/// <summary>libvips writes the files and is the oracle.</summary>
public sealed class PlainPngDecoderTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 6)]   // With effort 1 and up every row filter occurs.
    [InlineData(4, 9)]
    public void Pixels_are_those_of_the_library(int channels, int compression)
    {
        var decoder = new PlainPngDecoder();
        foreach ((int width, int height) in new[] { (1, 1), (33, 7), (64, 64), (300, 200) })
        {
            byte[] file = Encode(Textured(width, height, channels), compression);
            Assert.True(PngHeader.TryRead(file, out PngHeader header));
            Assert.Equal((width, height, channels, true), (header.Width, header.Height, header.Channels, header.IsPlain));
            var planes = new byte[width * height * channels];
            Assert.True(decoder.TryDecode(file, header, planes));
            Assert.Equal(ImageFile.Decode(file).ToPlanar(), planes);
        }
    }

    [Fact]
    public void All_row_filters_were_met()
    {
        // A guard for the test above: the files it decodes use filters 0 to 4.
        byte[] file = Encode(Textured(300, 200, 3), 6);
        Assert.True(PngHeader.TryRead(file, out PngHeader header));
        using var stream = new MemoryStream();
        foreach ((string type, byte[] content) in MinimalPng.Chunks(file))
        {
            if (type == "IDAT")
            {
                stream.Write(content);
            }
        }

        stream.Position = 0;
        using var inflate = new System.IO.Compression.ZLibStream(stream, System.IO.Compression.CompressionMode.Decompress);
        var raw = new byte[((header.Width * 3) + 1) * header.Height];
        inflate.ReadExactly(raw);
        Assert.True(Enumerable.Range(0, header.Height).Select(y => raw[y * ((header.Width * 3) + 1)]).Distinct().Count() >= 3);
    }

    [Fact]
    public void Data_in_several_chunks_is_one_stream()
    {
        byte[] file = Encode(Textured(64, 64, 3), 6);
        byte[] split = SplitData(file, 100);
        Assert.True(PngHeader.TryRead(split, out PngHeader header));
        var planes = new byte[64 * 64 * 3];
        Assert.True(new PlainPngDecoder().TryDecode(split, header, planes));
        Assert.Equal(ImageFile.Decode(file).ToPlanar(), planes);
    }

    [Fact]
    public void A_changed_byte_is_noticed_wherever_it_is()
    {
        byte[] file = Encode(Textured(16, 16, 3), 6);
        byte[] expected = ImageFile.Decode(file).ToPlanar();
        var decoder = new PlainPngDecoder();
        var planes = new byte[expected.Length];
        for (int at = 0; at < file.Length; at++)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 0x10;
            if (PngHeader.TryRead(damaged, out PngHeader header) && header.IsPlain && (header.Width, header.Height, header.Channels) == (16, 16, 3)
                && decoder.TryDecode(damaged, header, planes))
            {
                Assert.Equal(expected, planes);   // Only what does not matter (the last chunk) may differ.
            }
        }
    }

    [Fact]
    public void A_cut_file_is_refused_at_every_length()
    {
        byte[] file = Encode(Textured(16, 16, 3), 0);
        var planes = new byte[16 * 16 * 3];
        for (int length = PngHeader.MinLength; length < file.Length - 12; length++)
        {
            Assert.True(PngHeader.TryRead(file.AsSpan(0, length), out PngHeader header));
            Assert.False(new PlainPngDecoder().TryDecode(file.AsSpan(0, length), header, planes), $"{length} of {file.Length}");
        }
    }

    [Theory]
    [InlineData(16, 0)]
    [InlineData(16, 2)]
    [InlineData(1, 0)]
    [InlineData(8, 3)]
    [InlineData(8, 4)]
    public void Other_pixel_types_are_left_to_the_library(int depth, int type)
    {
        int samples = type switch { 2 => 3, 4 => 2, _ => 1 };
        byte[] file = MinimalPng.Write(8, 8, depth, type, new byte[8 * Math.Max(1, 8 * depth * samples / 8)], type == 3 ? [1, 2, 3] : null);
        Assert.True(PngHeader.TryRead(file, out PngHeader header));
        Assert.False(header.IsPlain);
        Assert.Equal(ImageFile.Identify(file).Channels, header.Channels);
    }

    [Fact]
    public void A_transparent_colour_makes_four_channels()
    {
        byte[] file = MinimalPng.Write(8, 8, 8, 2, new byte[8 * 24], transparency: [0, 1, 0, 2, 0, 3]);
        Assert.True(PngHeader.TryRead(file, out PngHeader header));
        Assert.False(header.IsPlain);
        Assert.Equal(4, header.Channels);
        Assert.Equal(4, ImageFile.Identify(file).Channels);
    }

    private static ImageBuffer Textured(int width, int height, int channels)
    {
        var image = new ImageBuffer(width, height, channels);
        uint state = 3;
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            int x = i / channels % width, y = i / channels / width;
            image.Pixels[i] = (byte)((x * 3) + (y * y / 9) + (y % 50 < 10 ? state >> 24 : 0) + (i % channels * 40));
        }

        return image;
    }

    private static byte[] Encode(ImageBuffer image, int compression) =>
        ImageFile.Encode(image, new ImageWriteOptions { Format = ImageFormat.Png, Compression = compression });

    private static byte[] SplitData(byte[] file, int size)
    {
        using var result = new MemoryStream();
        result.Write(file.AsSpan(0, 8));
        Span<byte> number = stackalloc byte[4];
        foreach ((string type, byte[] content) in MinimalPng.Chunks(file))
        {
            byte[][] parts = type == "IDAT" ? [.. content.Chunk(size)] : [content];
            foreach (byte[] part in parts)
            {
                BinaryPrimitives.WriteInt32BigEndian(number, part.Length);
                result.Write(number);
                byte[] name = System.Text.Encoding.ASCII.GetBytes(type);
                result.Write(name);
                result.Write(part);
                BinaryPrimitives.WriteUInt32BigEndian(
                    number, StyleGanSharp.Data.Files.Crc32.Append(StyleGanSharp.Data.Files.Crc32.Append(0, name), part));
                result.Write(number);
            }
        }

        return result.ToArray();
    }
}
