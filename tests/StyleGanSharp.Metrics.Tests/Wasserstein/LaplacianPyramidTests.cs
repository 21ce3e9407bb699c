using StyleGanSharp.Metrics.Wasserstein;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Wasserstein;

[WithTensorScope]
public sealed class LaplacianPyramidTests
{
    private const double Tolerance = 1e-12;

    private static readonly double[] Taps = [1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0];

    [Theory, InlineData(6, 4), InlineData(8, 10)]
    public void Down_and_up_equal_plain_loops(int height, int width)
    {
        using var random = new RandomGenerator(1);
        Tensor x = Tensor.RandN([2, 3, height, width], random).To(DType.Float64);
        Tensor down = LaplacianPyramid.Down(x), up = LaplacianPyramid.Up(x);
        double[] values = x.ToArray<double>();
        var expectedDown = new double[6 * height / 2 * width / 2];
        var expectedUp = new double[6 * height * 2 * width * 2];
        for (int plane = 0; plane < 6; plane++)
        {
            for (int y = 0; y < height / 2; y++)
            {
                for (int column = 0; column < width / 2; column++)
                {
                    expectedDown[(((plane * height / 2) + y) * width / 2) + column] =
                        Filtered(height, width, 2 * y, 2 * column, (r, c) => values[(((plane * height) + r) * width) + c]);
                }
            }

            for (int y = 0; y < height * 2; y++)
            {
                for (int column = 0; column < width * 2; column++)
                {
                    expectedUp[(((plane * height * 2) + y) * width * 2) + column] = 4 * Filtered(
                        height * 2, width * 2, y, column,
                        (r, c) => r % 2 == 0 && c % 2 == 0 ? values[(((plane * height) + (r / 2)) * width) + (c / 2)] : 0);
                }
            }
        }

        Close.To(Tensor.From(expectedDown, [2, 3, height / 2, width / 2]), down, Tolerance, "down");
        Close.To(Tensor.From(expectedUp, [2, 3, height * 2, width * 2]), up, Tolerance, "up");
    }

    [Fact]
    public void Levels_add_up_to_the_image_again()
    {
        using var random = new RandomGenerator(2);
        Tensor x = Tensor.RandN([1, 2, 64, 128], random).To(DType.Float64);
        Tensor[] pyramid = LaplacianPyramid.Of(x);
        Assert.Equal([(64, 128), (32, 64), (16, 32)], LaplacianPyramid.Sizes(x));
        Assert.Equal([64L, 32, 16], pyramid.Select(level => level.Size(2)));
        Tensor sum = pyramid[2];
        sum = pyramid[1] + LaplacianPyramid.Up(sum);
        sum = pyramid[0] + LaplacianPyramid.Up(sum);
        Close.To(x, sum, Tolerance, "sum of the levels");
    }

    [Fact]
    public void Constant_images_have_no_details()
    {
        // Also at the border: mirroring keeps a constant, and the gain of 4 makes up for three zeros out of four.
        Tensor[] pyramid = LaplacianPyramid.Of(Tensor.Full([1, 1, 32, 32], 7, DType.Float64));
        Close.To(Tensor.Zeros([1, 1, 32, 32]), pyramid[0], Tolerance, "details");
        Close.To(Tensor.Full([1, 1, 16, 16], 7), pyramid[1], Tolerance, "rest");
    }

    [Fact]
    public void Images_without_a_pyramid_are_refused()
    {
        Assert.Throws<ShapeException>(() => LaplacianPyramid.Of(Tensor.Zeros([1, 3, 15, 64])));
        Assert.Throws<ShapeException>(() => LaplacianPyramid.Of(Tensor.Zeros([1, 3, 33, 33])));
        Assert.Throws<ShapeException>(() => LaplacianPyramid.Of(Tensor.Zeros([1, 3, 66, 66])));
        Assert.Throws<ShapeException>(() => LaplacianPyramid.Of(Tensor.Zeros([3, 64, 64])));
        Assert.Single(LaplacianPyramid.Of(Tensor.Zeros([1, 3, 31, 31])));
    }

    private static double Filtered(int height, int width, int y, int x, Func<int, int, double> value)
    {
        double sum = 0;
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                sum += Taps[i] * Taps[j] * value(Mirrored(y + i - 2, height), Mirrored(x + j - 2, width));
            }
        }

        return sum;
    }

    private static int Mirrored(int i, int size) => i < 0 ? -i : i >= size ? (2 * size) - 2 - i : i;
}
