using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.Filters;

public sealed class ResampleFilterTests
{
    private const string File = "ops/setup-filter";

    public static TheoryData<string> Cases => OperatorCase.Names(File);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Setup_equals_the_golden_numbers(string name)
    {
        using var scope = new TensorScope();
        OperatorCase c = OperatorCase.Load(File, name);
        var arrays = new GoldenTensors($"{File}.npz", $"{name}/");
        bool? separable = c.Flag("separable", false) ? true : c.Flag("separable", true) ? null : false;
        Tensor f = ResampleFilter.Setup(
            arrays.Optional("f_in"), c.Flag("normalize", true), c.Flag("flip_filter", false), c.Number("gain") ?? 1, separable);
        Close.To(arrays["f"], f, 1e-7, name);
    }

    [Fact]
    public void An_outer_product_is_separated_into_its_factor()
    {
        using var scope = new TensorScope();
        Tensor window = ResampleFilter.Setup([1, 3, 3, 1]);
        Assert.Equal([4L, 4L], window.Shape.ToArray());
        Assert.Equal([0.125f, 0.375f, 0.375f, 0.125f], ResampleFilter.Separate(window)!.ToArray<float>());
    }

    [Fact]
    public void What_is_no_outer_product_stays_whole()
    {
        using var scope = new TensorScope();
        Assert.Null(ResampleFilter.Separate(Tensor.From([1f, 0, 0, 1], [2, 2])));
        Assert.Null(ResampleFilter.Separate(Tensor.From([1f, 2, 3, 6], [2, 2]))); // outer([1,3], [1,2]): two different factors
        Assert.Null(ResampleFilter.Separate(Tensor.Ones([3])));
    }

    [Fact]
    public void A_filter_of_three_dimensions_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
        {
            using Tensor f = Tensor.Ones([2, 2, 2]);
            return ResampleFilter.Setup(f);
        });
}
