using StyleGanSharp.Metrics.Similarity;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Similarity;

[WithTensorScope]
public sealed class MultiScaleSsimTests
{
    // Two orders of summing some hundred numbers of up to 255² in float64.
    private const double Tolerance = 1e-10;

    // With windows that shrink at the last scales, from the second one on, and not square.
    [Theory, InlineData(48, 48), InlineData(16, 16), InlineData(24, 40)]
    public void Equals_plain_loops(int height, int width)
    {
        using var random = new RandomGenerator(1);
        Tensor a = (Tensor.Rand([2, 2, height, width], random) * 255).Floor().To(DType.UInt8);
        Tensor b = ((a.To(DType.Float32) * 0.7) + (Tensor.Rand([2, 2, height, width], random) * 60)).Floor().To(DType.UInt8);
        double[] result = MultiScaleSsim.Between(a, b);
        double[] x = a.ToArray<double>(), y = b.ToArray<double>();
        int image = 2 * height * width;
        for (int n = 0; n < 2; n++)
        {
            double expected = Plain(x[(n * image)..((n + 1) * image)], y[(n * image)..((n + 1) * image)], height, width);
            Assert.InRange(expected, 0.1, 0.99);
            Assert.Equal(expected, result[n], Tolerance);
        }
    }

    [Fact]
    public void Equal_images_are_at_one_and_negatives_at_zero()
    {
        using var random = new RandomGenerator(2);
        Tensor a = Tensor.Rand([1, 3, 32, 32], random) * 255;
        Assert.Equal(1, MultiScaleSsim.Between(a, a.Clone())[0], 1e-12);
        Assert.Equal(0, MultiScaleSsim.Between(a, 255 - a)[0]);
    }

    [Fact]
    public void Constant_images_differ_by_luminance_alone()
    {
        double c = Math.Pow(0.01 * 255, 2), expected = ((2 * 50 * 200.0) + c) / ((50 * 50) + (200 * 200) + c);
        double[] result = MultiScaleSsim.Between(Tensor.Full([1, 1, 64, 64], 50), Tensor.Full([1, 1, 64, 64], 200));
        Assert.Equal(Math.Pow(expected, 0.1333), result[0], Tolerance);
    }

    [Fact]
    public void Images_that_cannot_be_compared_are_refused()
    {
        Tensor images = Tensor.Zeros([1, 3, 16, 16]);
        Assert.Throws<ShapeException>(() => MultiScaleSsim.Between(images, Tensor.Zeros([2, 3, 16, 16])));
        Assert.Throws<ShapeException>(() => MultiScaleSsim.Between(Tensor.Zeros([1, 3, 15, 32]), Tensor.Zeros([1, 3, 15, 32])));
        Assert.Throws<MetricException>(() => MultiScaleSsim.Between(images, images / 0));
        Assert.Empty(MultiScaleSsim.Between(images.Slice(0, 0, 0), images.Slice(0, 0, 0)));
    }

    private static double Plain(double[] x, double[] y, int height, int width)
    {
        double[] weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
        double result = 1;
        for (int scale = 0; scale < 5; scale++)
        {
            int size = Math.Min(11, Math.Min(height, width));
            double[] window = [.. Enumerable.Range(0, size * size).Select(
                k => Gauss(k / size, size) * Gauss(k % size, size))];
            double total = window.Sum(), all = 0, contrasts = 0;
            int places = 0;
            for (int c = 0; c < 2; c++)
            {
                for (int top = 0; top + size <= height; top++)
                {
                    for (int left = 0; left + size <= width; left++)
                    {
                        double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
                        for (int k = 0; k < window.Length; k++)
                        {
                            int at = (((c * height) + top + (k / size)) * width) + left + (k % size);
                            double w = window[k] / total;
                            (mx, my) = (mx + (w * x[at]), my + (w * y[at]));
                            (xx, yy, xy) = (xx + (w * x[at] * x[at]), yy + (w * y[at] * y[at]), xy + (w * x[at] * y[at]));
                        }

                        double contrast = ((2 * (xy - (mx * my))) + 58.5225) / (xx - (mx * mx) + yy - (my * my) + 58.5225);
                        contrasts += contrast;
                        all += contrast * ((2 * mx * my) + 6.5025) / ((mx * mx) + (my * my) + 6.5025);
                        places++;
                    }
                }
            }

            result *= Math.Pow(Math.Max(0, (scale == 4 ? all : contrasts) / places), weights[scale]);
            (x, y) = (Halved(x, height, width), Halved(y, height, width));
            (height, width) = (height / 2, width / 2);
        }

        return result;

        static double Gauss(int i, int size) => Math.Exp(-Math.Pow((i - ((size - 1) / 2.0)) / (1.5 * size / 11), 2) / 2);
    }

    private static double[] Halved(double[] x, int height, int width)
    {
        (int h, int w) = (height / 2, width / 2);
        var result = new double[2 * h * w];
        for (int i = 0; i < result.Length; i++)
        {
            int at = (((i / (h * w) * height) + (i / w % h * 2)) * width) + (i % w * 2);
            result[i] = (x[at] + x[at + 1] + x[at + width] + x[at + width + 1]) / 4;
        }

        return result;
    }
}
