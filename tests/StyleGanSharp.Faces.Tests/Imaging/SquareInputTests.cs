using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Imaging;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Faces.Tests.Imaging;

public sealed class SquareInputTests
{
    // The face that the left border cuts: image 16, face 5.
    public static TheoryData<string> Crops => new((string[])["landmark", "aligned", "descriptor"]);

    [Theory, MemberData(nameof(Crops))]
    [Trait("Kind", "Golden")]
    public void Every_pixel_of_an_input_is_that_of_the_library(string name)
    {
        GoldenFiles files = Fixtures.GoldenFaces;
        JsonElement image = files.List("expected.json", "pictures").Single(
            p => p.GetProperty("file").GetString()!.StartsWith("16-", StringComparison.Ordinal));
        PixelBox crop = Golden.Crop(image.GetProperty("faces")[5].GetProperty($"{name}_crop"));
        double[] expected = Data.Numpy.NpyFile.Read(files.Path($"raw/crop-{name}-input.npy")).ToDoubles();
        int side = (int)Math.Sqrt(expected.Length / 3);
        float[] actual = SquareInput.Sample(
            ImageFile.Read(files.Path($"pictures/{image.GetProperty("file").GetString()}")), crop, side, centred: true);
        Golden.Near(expected, [.. actual.Select(v => (double)v)], Golden.InputMean, name);
    }

    [Fact]
    public void An_odd_pixel_of_padding_goes_after()
    {
        Assert.Equal((1, 0), SquareInput.PaddingBefore(new PixelBox(0, 0, 7, 10)));
        Assert.Equal((0, 2), SquareInput.PaddingBefore(new PixelBox(0, 0, 10, 6)));
        Assert.Equal((0, 0), SquareInput.PaddingBefore(new PixelBox(3, 3, 5, 5)));
    }

    [Theory]
    [InlineData(-5, -5, 3, 3, 0, 0, 1, 1)]
    [InlineData(20, 20, 3, 3, 9, 7, 1, 1)]
    [InlineData(-2.5, 1.5, 5.9, 20, 0, 1, 3, 6)]
    [InlineData(2.9, 2.1, 0.2, 0.9, 2, 2, 1, 1)]
    public void A_crop_is_cut_to_the_image_and_never_empty(
        double x, double y, double width, double height, int left, int top, int w, int h) =>
        Assert.Equal(new PixelBox(left, top, w, h), PixelBox.Clip(new FaceBox(x, y, width, height), 10, 8));

    [Fact]
    public void Shrinking_averages_blocks_and_what_is_left_of_them()
    {
        var image = new ImageBuffer(5, 3, 3, [.. Enumerable.Range(0, 45).Select(i => (byte)(i * 4))]);
        ImageBuffer small = Shrinking.Shrink(image, PixelBox.All(5, 3), 2);
        Assert.Equal((3, 2), (small.Width, small.Height));
        double Pixel(int x, int y) => ((y * 5) + x) * 3 * 4;
        Assert.Equal((byte)((Pixel(0, 0) + Pixel(1, 0) + Pixel(0, 1) + Pixel(1, 1)) / 4), small.Pixels[0]);
        Assert.Equal((byte)((Pixel(4, 0) + Pixel(4, 1)) / 2), small.Pixels[6]);
        Assert.Equal((byte)Pixel(4, 2), small.Pixels[15]);
    }

    [Fact]
    public void Turning_there_and_back_changes_nothing()
    {
        var turning = new Turning(new FacePoint(20, 30), 64, 1.5, 37);
        FacePoint point = turning.ToPatch(turning.ToImage(new FacePoint(11, 50)));
        Assert.Equal(11, point.X, 9);
        Assert.Equal(50, point.Y, 9);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(90, 1)]
    [InlineData(180, 2)]
    [InlineData(-90, 3)]
    public void Quarter_turns_are_exact_and_counter_clockwise(double degrees, int quarters)
    {
        const int side = 6;
        var image = new ImageBuffer(side, side, 3, [.. Enumerable.Range(0, side * side * 3).Select(i => (byte)(i * 2))]);
        ImageBuffer turned = new Turning(new FacePoint(3, 3), side, 1, degrees).Render(image);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                (int fromX, int fromY) = (x, y);
                for (int q = 0; q < quarters; q++)
                {
                    (fromX, fromY) = (side - 1 - fromY, fromX);
                }

                Assert.Equal(image.Row(fromY)[3 * fromX], turned.Row(y)[3 * x]);
            }
        }
    }
}
