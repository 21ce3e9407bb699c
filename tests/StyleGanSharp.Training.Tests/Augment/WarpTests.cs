using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Training.Augment;

namespace StyleGanSharp.Training.Tests.Augment;

/// <summary>The short ways of the warp and of the image filter are held equal to the complete ones.</summary>
[WithTensorScope]
public sealed class WarpTests
{
    // Two orders of summation of float64.
    private const double Tolerance = 1e-12;

    // The same in float32, where places rounded differently also count: about 1e-7 of an image times its slope.
    private const double SingleTolerance = 1e-4;

    // The published coefficients of the wavelets are those of an orthogonal one to this accuracy.
    private const double Orthogonality = 1e-10;

    [Theory]
    [InlineData(7, 7)]
    [InlineData(16, 9)]
    [InlineData(32, 32)]
    public void Pictures_that_stay_need_no_warp(int height, int width)
    {
        Tensor x = Images(height, width);
        double[][,] maps = Matrices.Identities(3, 3);
        Close.To(x, Warp.Reference(x, maps), Orthogonality, "identity");
        Assert.Equal(x.ToArray<double>(), Warp.Apply(x, maps).ToArray<double>());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 8)]
    [InlineData(16, 9)]
    [InlineData(24, 24)]
    public void The_fast_way_equals_the_reference_in_value_and_both_gradients(int height, int width)
    {
        double[][,] maps =
        [
            Matrices.Identities(1, 3)[0],
            Matrices.Product(Matrices.Rotate(0.4), Matrices.Translate(2.3, -1.1)),
            Matrices.Product(Matrices.Rotate(-2), Matrices.Scale(1.6, 0.7)),
        ];
        Agree(Images(height, width).To(DType.Float32), x => Warp.Fast(x, maps), x => Warp.Reference(x, maps), SingleTolerance);
    }

    [Theory]
    [InlineData(22, 30)]
    [InlineData(32, 32)]
    public void Filter_matrices_equal_convolutions_in_value_and_gradient(int height, int width)
    {
        double[]?[] filters =
            [null, WaveletFilters.Bank[0], [.. WaveletFilters.Bank[1].Zip(WaveletFilters.Bank[3], (a, b) => a + (2 * b))]];
        Agree(Images(height, width), x => ImageFilter.ByMatrix(x, filters), x =>
            ImageFilter.ByConvolution(x, filters), Tolerance);
    }

    [Fact]
    public void Bands_that_are_not_amplified_change_nothing()
    {
        Tensor x = Images(8, 12);
        Close.To(x, ImageFilter.ByMatrix(x, new double[]?[3]), Orthogonality, "unamplified");
        Assert.Equal(x.ToArray<double>(), ImageFilter.Apply(x, new double[]?[3]).ToArray<double>());
    }

    private static void Agree(Tensor x, Func<Tensor, Tensor> a, Func<Tensor, Tensor> b, double tolerance)
    {
        x.RequiresGrad = true;
        (Tensor first, Tensor second) = (a(x), b(x));
        Close.To(second, first, tolerance, "value");
        Tensor weight = (x.Detach() * 3).Sin(), point = (x.Detach() * 5).Cos();
        weight.RequiresGrad = true;
        Tensor gradient = Gradient.Of(first, x, weight, createGraph: true), expected = Gradient.Of(
            second, x, weight, createGraph: true);
        Close.To(expected, gradient, tolerance, "gradient");
        Close.To(Gradient.Of(expected, weight, point), Gradient.Of(gradient, weight, point), tolerance, "second gradient");
    }

    private static Tensor Images(int height, int width)
    {
        using var generator = new RandomGenerator(7);
        return Tensor.RandN([3, 2, height, width], generator, DType.Float64);
    }
}
