using StyleGanSharp.Networks.Features;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Features;

[WithTensorScope]
public sealed class CleanResizeTests
{
    // Relative to 255: sums of a few dozen float32 products.
    private const double Tolerance = 2e-6;

    [Theory]
    [InlineData(23, 17, 8)]   // Smaller: the kernel grows.
    [InlineData(5, 9, 12)]    // Larger.
    [InlineData(40, 4, 10)]   // One of each.
    [InlineData(10, 31, 10)]  // Rows stay.
    [InlineData(3, 1, 1)]
    public void It_is_the_sum_over_the_kernel_around_every_pixel(int height, int width, int side)
    {
        byte[] pixels = Noise(2 * 3 * height * width);
        Tensor actual = CleanResize.To(Tensor.From(pixels, [2, 3, height, width]), side);
        var expected = new double[2 * 3 * side * side];
        for (int i = 0; i < expected.Length; i++)
        {
            ReadOnlySpan<byte> plane = pixels.AsSpan(i / (side * side) * height * width, height * width);
            expected[i] = Pixel(plane, height, width, side, i / side % side, i % side);
        }

        Assert.Equal(DType.Float32, actual.DType);
        Close.To(Tensor.From(expected, [2, 3, side, side]), actual, Tolerance, "pixels");
        Assert.Contains(expected, e => e is > 0 and < 255 && e != Math.Round(e));
    }

    [Fact]
    public void Overshoot_is_clipped_at_the_end_and_numbers_are_taken_as_bytes_are()
    {
        Tensor edge = Tensor.Cat([Tensor.Zeros([1, 1, 8, 8]), Tensor.Full([1, 1, 8, 8], 255)], dim: 3);
        Tensor resized = CleanResize.To(edge, 32);
        Assert.Equal((0.0, 255.0), (resized.Min().Item(), resized.Max().Item()));
        Close.To(resized, CleanResize.To(edge.To(DType.UInt8), 32), 0, "bytes");
    }

    [Fact]
    public void An_image_of_the_right_size_stays_and_even_gray_stays_even()
    {
        Tensor image = Tensor.From(Noise(3 * 12 * 12), [1, 3, 12, 12]);
        Close.To(image, CleanResize.To(image, 12), 0, "same size");
        Close.To(Tensor.Full([1, 1, 299, 299], 77), CleanResize.To(Tensor.Full([1, 1, 50, 700], 77), 299), Tolerance, "gray");
    }

    [Fact]
    public void Other_shapes_and_sizes_are_refused()
    {
        Assert.Throws<ShapeException>(() => CleanResize.To(Tensor.Zeros([3, 8, 8]), 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => CleanResize.To(Tensor.Zeros([1, 3, 8, 8]), 0));
    }

    // One pixel of the result from all pixels of the image.
    private static double Pixel(ReadOnlySpan<byte> plane, int height, int width, int side, int row, int column)
    {
        (double sum, double weights) = (0, 0);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double weight = Weight(y, height, side, row) * Weight(x, width, side, column);
                sum += weight * plane[(y * width) + x];
                weights += weight;
            }
        }

        return Math.Clamp(sum / weights, 0, 255);
    }

    private static double Weight(int position, int input, int output, int place)
    {
        double scale = (double)input / output;
        double t = Math.Abs(position + 0.5 - ((place + 0.5) * scale)) / Math.Max(scale, 1);
        return t < 1 ? (1.5 * t * t * t) - (2.5 * t * t) + 1
            : t < 2 ? (-0.5 * t * t * t) + (2.5 * t * t) - (4 * t) + 2
            : 0;
    }

    // Mostly black and white: the kernel's negative lobes then reach beyond both ends.
    private static byte[] Noise(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)Math.Clamp(random.Next(-300, 556), 0, 255))];
    }
}
