using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Tests.Images;

public sealed class ImageBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Planar_order_is_channel_row_column_and_back(int channels)
    {
        ImageBuffer image = TestImages.Noise(5, 3, channels);
        byte[] planar = image.ToPlanar();
        for (int c = 0; c < channels; c++)
        {
            Assert.Equal(image.Row(2)[(4 * channels) + c], planar[(c * 15) + 14]);
        }

        Assert.Equal(image.Pixels, ImageBuffer.FromPlanar(5, 3, channels, planar).Pixels);
    }

    [Fact]
    public void Wrong_sizes_are_named()
    {
        var exception = Assert.Throws<ArgumentException>(() => new ImageBuffer(2, 2, 3, new byte[11]));
        Assert.StartsWith("An image of 2x2 with 3 channels has 12 bytes, got 11.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageBuffer(0, 2, 3));
        Assert.Throws<ArgumentException>(() => new ImageBuffer(1, 1, 2));
        Assert.Throws<ArgumentException>(() => new ImageBuffer(65536, 65536, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageBuffer(2, 2, 1).Row(2));
    }
}
