using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Networks.StyleGan3;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Ops.Convolutions;

/// <summary>
/// Features of 16 bits: that half precision holds every sum, whatever the styles, and that the scales are undone.
/// </summary>
[WithTensorScope]
public sealed class SixteenBitsTests : IDisposable
{
    private const double Clamp = 256;

    // 11 significant bits of weights, styles and features: three roundings, of which most cancel in the sums.
    private const double Rounding = 3.0 / (1 << 11);

    private readonly RandomGenerator random = new(31);
    private readonly GradMode mode = GradMode.Off();

    public void Dispose()
    {
        mode.Dispose();
        random.Dispose();
    }

    // Half precision with the arithmetic of the processor: operands as they are stored, sums in float32, which devices have, too.
    [Theory]
    [InlineData(1, 1e-3)]
    [InlineData(1, 1e9)]
    [InlineData(2, 1e-3)]
    [InlineData(2, 1e9)]
    public void The_largest_sum_that_styles_and_features_can_make_is_held(int up, double magnitude)
    {
        Tensor weight = Tensor.RandN([5, 40, 3, 3], random) * magnitude, styles = Tensor.RandN([2, 40], random) * magnitude;
        using var weights = new SixteenBitWeights(up > 1, Clamp);
        weights.For(weight, DType.Float16);

        // The worst input for the first channel: the limit with the sign of its weights, wherever the kernel stands in the
        // middle.
        Tensor signs = (weight.Select(0, 0) * styles.Select(0, 0).Reshape(40, 1, 1)).Sign();
        Tensor worst = (up == 1 ? signs : signs.Sum([1, 2], keepDim: true).Sign().Expand(40, 3, 3)).Unsqueeze(0).Repeat(
            2, 1, 1, 1) * 1e6;
        Tensor x = SixteenBits.Cast(worst, DType.Float16, Clamp);
        Assert.Equal(4 * Clamp, x.To(DType.Float32).Abs().Max().Item());
        Tensor equal = styles.Sign() * magnitude;
        foreach (Tensor s in new[] { styles, equal })
        {
            Tensor modulated = SixteenBits.Modulate(x, s, out _);
            Assert.Equal(DType.Float16, modulated.DType);
            // Without a filter the factor of the upsampling filter is there all the same.
            double largest = Wide(modulated, weights, up, null).Abs().Max().Item() / (up * up);
            double filtered = Wide(modulated, weights, up, ResampleFilter.Setup([1, 3, 3, 1])).Abs().Max().Item();
            Assert.True(largest <= SixteenBits.LargestSum * (1 + Rounding), $"{largest}");
            Assert.True(filtered <= 4 * SixteenBits.LargestSum * (1 + Rounding), $"{filtered}");
            Assert.True(largest >= SixteenBits.LargestSum / 40, $"{largest} is far from the limit: the test does not try it");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e6)]
    [InlineData(1e-6)]
    public void Scales_are_undone(double magnitude)
    {
        Tensor weight = Tensor.RandN([6, 20, 3, 3], random) * magnitude, styles = Tensor.RandN([3, 20], random) * magnitude;
        Tensor x = Tensor.RandN([3, 20, 8, 8], random);
        using var weights = new SixteenBitWeights(false, Clamp);
        weights.For(weight, DType.Float16);
        Tensor modulated = SixteenBits.Modulate(SixteenBits.Cast(x, DType.Float16, Clamp), styles, out Tensor largest);
        Tensor u = Wide(modulated, weights, 1, null);
        Tensor actual = u * (largest * weights.Scale).Unsqueeze(2).Unsqueeze(3);
        Tensor expected = ModulatedConv2d.Apply(
            x, weight, styles, padding: 1, demodulate: false, form: ModulationForm.Activations);
        Close.To(expected / (magnitude * magnitude), actual / (magnitude * magnitude), Rounding, "the convolution");
        Assert.True(u.Abs().Max().Item() > SixteenBits.LargestSum / 1e5,
            "the sums are near the smallest numbers of half precision");
    }

    [Fact]
    public void Styles_and_weights_of_zero_give_zero()
    {
        using var weights = new SixteenBitWeights(false, null);
        weights.For(Tensor.Zeros([3, 4, 1, 1]), DType.Float16);
        Tensor modulated = SixteenBits.Modulate(
            Tensor.Ones([1, 4, 2, 2]).To(DType.Float16), Tensor.Zeros([1, 4]), out Tensor largest);
        Assert.Equal(0, (Wide(modulated, weights, 1, null) * (largest * weights.Scale).Unsqueeze(2).Unsqueeze(3)).Abs().Max()
            .Item());
    }

    [Fact]
    public void Colours_equal_the_modulated_convolution()
    {
        BFloat16.Require();
        Tensor x = Tensor.RandN([2, 48, 9, 7], random).To(DType.BFloat16), weight = Tensor.RandN([3, 48, 1, 1], random),
            styles = Tensor.RandN([2, 48], random) * 1e4;
        Tensor expected = ModulatedConv2d.Apply(
            x.To(DType.Float32), weight, styles, demodulate: false, form: ModulationForm.Activations);
        Tensor actual = SixteenBitConv2d.Colours(x, weight, styles, Clamp);
        Assert.Equal(DType.Float32, actual.DType);
        Close.To(expected / 1e4, actual / 1e4, 2.0 / (1 << 8), "colours");
    }

    // As the remarks of SixteenBits say; a network without it would need another share.
    [Theory]
    [InlineData(3, false)]
    [InlineData(1, true)]
    public void Filters_after_the_clamp_do_not_exceed_four_times_its_limit(int kernelSize, bool radial)
    {
        var options = new GeneratorOptions { Resolution = 1024, KernelSize = kernelSize, UseRadialFilters = radial };
        foreach (LayerGeometry g in LayerGeometry.Of(options).Where(g => g.DownTaps > 1))
        {
            Tensor taps = LowpassFilter.Create(
                g.DownTaps, g.OutCutoff, g.OutHalfWidth * 2, g.TemporarySamplingRate, g.DownRadial)!;
            double sum = taps.Abs().Sum().Item();
            Assert.InRange(taps.Dim == 1 ? sum * sum : sum, 1, 4);
        }
    }

    [Theory]
    [InlineData(null, 2048)]
    [InlineData(256.0, 256)]
    [InlineData(5000.0, 2048)]
    public void Only_half_precision_gets_a_clamp_that_the_network_does_not_have(double? clamp, double limit)
    {
        Assert.Equal(limit, SixteenBits.Limit(DType.Float16, clamp));
        Assert.Equal(clamp, SixteenBits.Limit(DType.BFloat16, clamp));
        Assert.Equal((double)(1 << 11) / limit, SixteenBits.WeightSum(clamp));
    }

    [Fact]
    public void The_form_for_devices_rounds_like_that_of_the_processor()
    {
        BFloat16.Require();
        FastOpsOff.Skip();
        using GradMode on = GradMode.On();
        Tensor x = Tensor.RandN([2, 16, 9, 8], random), weight = Tensor.RandN([12, 16, 3, 3], random);
        x.RequiresGrad = weight.RequiresGrad = true;
        Tensor there = PlainConvolution.InBFloat16(x, weight, (a, b) => Functional.Conv2d(a, b, padding: (1, 1)));
        Tensor here = PlainConvolution.Apply(x, weight, 1, 1, 1, Precision.Fast);
        Assert.Equal(DType.Float32, there.DType);
        const double tolerance = 1.0 / (1 << 8); // Sums are rounded once, in another order.
        Close.To(here, there, tolerance, "value");
        Tensor?[] expected = Gradient.Of([here.Square().Sum()], [x, weight]), actual = Gradient.Of(
            [there.Square().Sum()], [x, weight]);
        Close.To(expected[0]!, actual[0]!, 2 * tolerance, "gradient of the input");
        Close.To(expected[1]!, actual[1]!, 2 * tolerance, "gradient of the weights");
    }

    private static Tensor Wide(Tensor modulated, SixteenBitWeights weights, int up, Tensor? filter) => ConvResample2d.Apply(
        modulated.To(DType.Float32), weights.Kernels.To(DType.Float32), filter, up,
        padding: Networks.Ops.Convolutions.Padding.All(1), flipWeight: up == 1);
}
