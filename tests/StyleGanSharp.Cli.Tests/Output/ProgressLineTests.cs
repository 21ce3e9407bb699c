using StyleGanSharp.Cli.Output;

namespace StyleGanSharp.Cli.Tests.Output;

public sealed class ProgressLineTests
{
    [Theory]
    [InlineData(50, 200, 10, "Images: 50 of 200 images, 5.0/s, 00:00:30 left")]
    [InlineData(1, 100_001, 36, "Images: 1 of 100001 images, 0.0/s, 41 d 16:00:00 left")]
    [InlineData(0, 7, 1, "Images: 0 of 7 images, 0.0/s, 00:00:00 left")]
    [InlineData(7, 7, 0, "Images: 7 of 7 images, 7000.0/s, 00:00:00 left")]
    public void A_line_says_rate_and_remaining_time(long done, long total, double seconds, string expected) =>
        Assert.Equal(expected, ProgressLine.Line("Images", "images", done, total, TimeSpan.FromSeconds(seconds)));
}
