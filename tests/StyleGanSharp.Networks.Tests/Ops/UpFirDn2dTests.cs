using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops;

public sealed class UpFirDn2dTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => OperatorCase.Names("ops/upfirdn2d");

    public static TheoryData<string> ResampleCases => OperatorCase.Names("ops/resample2d");

    [Theory, MemberData(nameof(Cases)), Trait("Kind", "Golden")]
    public void Equals_the_golden_numbers(string name) => OperatorCase.Load("ops/upfirdn2d", name).Check(
        c => UpFirDn2d.Apply(
            c.Inputs["x"], Filter(c), c.Pair("up"), c.Pair("down"), c.Padding(), c.Flag("flip_filter", false), c.Number("gain") ?? 1),
        Tolerance);

    [Theory, MemberData(nameof(ResampleCases)), Trait("Kind", "Golden")]
    public void Resampling_with_centred_filters_equals_the_golden_numbers(string name) => OperatorCase.Load("ops/resample2d", name).Check(
        c =>
        {
            (Tensor x, Padding padding, bool flip, double gain) = (c.Inputs["x"], c.Padding(), c.Flag("flip_filter", false), c.Number("gain") ?? 1);
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

    // Filters are constants in the golden cases: no gradient is asked for them.
    private static Tensor? Filter(OperatorCase c) => c.Optional("f")?.Detach();
}
