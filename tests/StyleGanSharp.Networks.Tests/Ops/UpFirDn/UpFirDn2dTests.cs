using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.UpFirDn;

public sealed class UpFirDn2dTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => OperatorCase.Names("ops/upfirdn2d");

    public static TheoryData<string> ResampleCases => OperatorCase.Names("ops/resample2d");

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string name) => OperatorCase.Load("ops/upfirdn2d", name).Check(
        c => UpFirDn2d.Apply(
            c.Inputs["x"], Filter(c), c.Pair("up"), c.Pair("down"), c.Padding(), c.Flag("flip_filter", false), c.Number("gain")
                ?? 1),
        Tolerance);

    [GoldenTheory, MemberData(nameof(ResampleCases))]
    public void Resampling_with_centred_filters_equals_the_golden_numbers(string name) =>
        OperatorCase.Load("ops/resample2d", name).Check(
        c =>
        {
            (Tensor x, Padding padding, bool flip, double gain) = (
                c.Inputs["x"], c.Padding(), c.Flag("flip_filter", false), c.Number("gain") ?? 1);
            return c.Text("op", "") switch
            {
                "upsample2d" => UpFirDn2d.Upsample(x, Filter(c), c.Pair("up"), padding, flip, gain),
                "downsample2d" => UpFirDn2d.Downsample(x, Filter(c), c.Pair("down"), padding, flip, gain),
                "filter2d" => UpFirDn2d.Filter(x, Filter(c), padding, flip, gain),
                string other => throw new NotSupportedException($"unknown operation {other}"),
            };
        },
        Tolerance);

    [Fact]
    public void An_impulse_filter_changes_nothing_and_gives_a_tensor_of_its_own()
    {
        using var scope = new TensorScope();
        Tensor x = Tensor.Arange(16).Reshape(1, 1, 4, 4);
        Tensor y = UpFirDn2d.Apply(x, null, (1, 1), (1, 1), default);
        Assert.NotSame(x, y);
        Assert.Equal(x.ToArray<float>(), y.ToArray<float>());
    }

    [Fact]
    public void A_filter_larger_than_the_image_is_refused_with_both_sizes()
    {
        using Tensor x = Tensor.Zeros([1, 1, 2, 3]), f = Tensor.Ones([4]);
        ShapeException error = Assert.Throws<ShapeException>(() => UpFirDn2d.Apply(x, f, (1, 1), (1, 1), default));
        Assert.Contains("3x2", error.Message);
        Assert.Contains("4x4", error.Message);
    }

    [Fact]
    public void Filters_with_fewer_taps_than_the_factor_are_centred_as_defined()
    {
        using var scope = new TensorScope();
        Tensor three = (Tensor.Arange(9) + 1).To(DType.Float32).Reshape(1, 1, 3, 3);
        Assert.Equal([1f], UpFirDn2d.Downsample(three, null, (2, 2)).ToArray<float>());

        Tensor four = (Tensor.Arange(16) + 1).To(DType.Float32).Reshape(1, 1, 4, 4);
        Assert.Equal([8.5f], UpFirDn2d.Downsample(four, Tensor.From([0.5f, 0.5f], [2]), (4, 4)).ToArray<float>());

        Tensor line = Tensor.From([1f, 2, 3], [1, 1, 1, 3]);
        Assert.Equal([0f, 2, 0, 4, 0, 6], UpFirDn2d.Upsample(line, null, (2, 1)).ToArray<float>());
        Assert.Equal([0f, 0, 4, 0, 0, 0, 8, 0, 0, 0, 12, 0], UpFirDn2d.Upsample(line, null, (4, 1)).ToArray<float>());
    }

    // The two sides' paddings add up to taps - 1 and taps - factor: sizes never depend on the filter.
    [Fact]
    public void Whole_factors_change_sizes_by_whole_factors_whatever_the_number_of_taps()
    {
        using var scope = new TensorScope();
        for (int taps = 0; taps <= 6; taps++)
        {
            Tensor? filter = taps == 0 ? null : Tensor.Ones([taps]);
            foreach (int factor in new[] { 1, 2, 3, 4, 5, 8 })
            {
                foreach (int size in new[] { 8, 9, 15, 16 })
                {
                    Tensor x = Tensor.Ones([1, 1, size, size + 1]);
                    Tensor up = UpFirDn2d.Upsample(x, filter, (factor, factor)), down = UpFirDn2d.Downsample(
                        x, filter, (factor, factor));
                    Assert.Equal([1, 1, size * factor, (size + 1) * factor], up.Shape.ToArray());
                    Assert.Equal([1, 1, size / factor, (size + 1) / factor], down.Shape.ToArray());
                }
            }
        }
    }

    [Fact]
    public void A_factor_that_leaves_nothing_of_the_image_is_refused()
    {
        using Tensor x = Tensor.Zeros([1, 1, 1, 3]), filter = Tensor.Ones([2]);
        Assert.Equal("x", Assert.Throws<ShapeException>(() => UpFirDn2d.Downsample(x, null, (4, 4))).ParamName);
        Assert.Equal("x", Assert.Throws<ShapeException>(() => UpFirDn2d.Downsample(x, filter, (4, 4))).ParamName);
        Assert.Equal("x", Assert.Throws<ShapeException>(
            () => UpFirDn2d.Reference(x, null, (1, 1), (1, 1), new Padding(-2, -2, 0, 0))).ParamName);
    }

    // Filters are constants in the golden cases: no gradient is asked for them.
    private static Tensor? Filter(OperatorCase c) => c.Optional("f")?.Detach();
}
