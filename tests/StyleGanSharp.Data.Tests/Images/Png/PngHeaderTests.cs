using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Images.Png;

namespace StyleGanSharp.Data.Tests.Images.Png;

/// <summary>libvips is the oracle.</summary>
public sealed class PngHeaderTests
{
    [Theory]
    [InlineData(8, 0)]
    [InlineData(16, 0)]
    [InlineData(1, 0)]
    [InlineData(8, 2)]
    [InlineData(16, 2)]
    [InlineData(8, 3)]
    [InlineData(8, 4)]
    [InlineData(8, 6)]
    public void Size_channels_and_depth_are_those_of_the_library(int depth, int type)
    {
        int samples = type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        byte[] file = MinimalPng.Write(
            8, 6, depth, type, new byte[6 * Math.Max(1, depth * samples)], type == 3 ? [1, 2, 3] : null);
        Assert.True(PngHeader.TryRead(file, out PngHeader header));
        ImageInfo info = ImageFile.Identify(file);
        Assert.Equal((info.Width, info.Height, info.Channels), (header.Width, header.Height, header.Channels));
        Assert.Equal(info.SampleBits, Math.Max(8, header.BitDepth));
        Assert.False(header.HasExif);
    }

    [Fact]
    public void A_transparent_colour_makes_four_channels()
    {
        byte[] file = MinimalPng.Write(8, 8, 8, 2, new byte[8 * 24], transparency: [0, 1, 0, 2, 0, 3]);
        Assert.True(PngHeader.TryRead(file, out PngHeader header));
        Assert.Equal((4, 4), (header.Channels, ImageFile.Identify(file).Channels));
    }

    [Fact]
    public void An_orientation_is_noticed_before_the_pixels()
    {
        byte[] file = MinimalPng.Write(8, 8, 8, 0, new byte[64], exif: MinimalPng.Orientation(6));
        Assert.True(PngHeader.TryRead(file, out PngHeader header));
        Assert.True(header.HasExif);
    }
}
