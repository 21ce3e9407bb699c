using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Tests.Images;

public sealed class ChannelConversionTests
{
    [Theory]
    [InlineData(255, 0, 0, 76)]
    [InlineData(0, 255, 0, 150)]
    [InlineData(0, 0, 255, 29)]
    [InlineData(255, 255, 255, 255)]
    [InlineData(12, 34, 56, 30)]
    public void Luma_is_rounded_0299_0587_0114(byte r, byte g, byte b, byte expected) =>
        Assert.Equal([expected], new ImageBuffer(1, 1, 3, [r, g, b]).ToChannels(1).Pixels);

    [Fact]
    public void Gray_survives_the_way_through_colour()
    {
        var gray = new ImageBuffer(256, 1, 1, [.. Enumerable.Range(0, 256).Select(v => (byte)v)]);
        Assert.Equal(gray.Pixels, gray.ToChannels(3).ToChannels(1).Pixels);
        Assert.Equal(gray.Pixels, gray.ToChannels(4).ToChannels(1, RgbColor.White).Pixels);
    }

    [Fact]
    public void Alpha_is_dropped_or_laid_over_a_background()
    {
        var image = new ImageBuffer(3, 1, 4, [100, 150, 200, 255, 100, 150, 200, 0, 100, 150, 200, 51]);
        Assert.Equal([100, 150, 200, 100, 150, 200, 100, 150, 200], image.ToChannels(3).Pixels);
        Assert.Equal([100, 150, 200, 255, 255, 255, 224, 234, 244], image.ToChannels(3, RgbColor.White).Pixels);
        Assert.Equal([100, 150, 200, 0, 0, 0, 20, 30, 40], image.ToChannels(3, RgbColor.Black).Pixels);
    }

    [Fact]
    public void Added_alpha_is_opaque()
    {
        Assert.Equal([5, 5, 5, 255], new ImageBuffer(1, 1, 1, [5]).ToChannels(4).Pixels);
        Assert.Equal([5, 6, 7, 255], new ImageBuffer(1, 1, 3, [5, 6, 7]).ToChannels(4).Pixels);
    }

    [Fact]
    public void Two_channels_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ImageBuffer(1, 1, 1).ToChannels(2));
}
