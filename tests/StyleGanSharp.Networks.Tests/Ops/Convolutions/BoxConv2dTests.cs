using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Ops.Convolutions;

/// <summary>Convolution and resampling in one step against the two steps one after the other.</summary>
[WithTensorScope]
public sealed class BoxConv2dTests
{
    private const double Tolerance = 1e-12;

    [Theory, InlineData(1), InlineData(3), InlineData(5)]
    public void Up_is_repeating_and_then_correlating(int kernel)
    {
        (Tensor x, Tensor w) = Example(kernel);
        using GradMode mode = GradMode.Off();
        Close.To(Functional.Conv2d(Boxes.Repeat(x), w, padding: (kernel / 2, kernel / 2)), BoxConv2d.Up(x, w), Tolerance, "up");
    }

    [Theory, InlineData(1), InlineData(3), InlineData(5)]
    public void Down_is_correlating_and_then_averaging(int kernel)
    {
        (Tensor x, Tensor w) = Example(kernel);
        using GradMode mode = GradMode.Off();
        Close.To(Boxes.Average(Functional.Conv2d(x, w, padding: (kernel / 2, kernel / 2))), BoxConv2d.Down(x, w), Tolerance,
            "down");
    }

    [Fact]
    public void Gradients_of_both_are_right_to_the_second_order()
    {
        (Tensor x, Tensor w) = Example(3);
        GradCheck.Second(t => BoxConv2d.Up(t[0], t[1]), x, w);
        GradCheck.Second(t => BoxConv2d.Down(t[0], t[1]), x, w);
    }

    private static (Tensor X, Tensor Weight) Example(int kernel)
    {
        using var random = new RandomGenerator(7);
        return (Tensor.RandN([2, 2, 4, 6], random, DType.Float64), Tensor.RandN([3, 2, kernel, kernel], random, DType.Float64));
    }
}
