using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Ops.AliasFree;

public sealed class FilteredLreluTests
{
    private const string File = "ops/filtered_lrelu";
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => OperatorCase.Names(File);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string name) => OperatorCase.Load(File, name).Check(Run, Tolerance);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers_where_nothing_is_recorded(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Close.To(new GoldenTensors($"{File}.npz", $"{name}/")["y"], Run(OperatorCase.Load(File, name)), Tolerance, name);
    }

    // Sizes and paddings of real layers and odd ones; unsymmetric filters, which a design never gives, show the direction of the
    // taps.
    [Theory]
    [InlineData(1, 2, 36, 36, 2, 2, 12, 12, false, 11, 10)]
    [InlineData(2, 3, 36, 36, 4, 2, 24, 12, true, -2, -5)]
    [InlineData(1, 1, 84, 84, 2, 2, 12, 12, true, -9, -10)]
    [InlineData(2, 2, 17, 9, 2, 1, 7, 5, false, 6, 5)]
    [InlineData(1, 3, 13, 31, 4, 4, 9, 8, false, 12, 13)]
    [InlineData(1, 1, 21, 20, 6, 2, 13, 7, true, 8, -3)]
    [InlineData(1, 1, 40, 70, 1, 1, 5, 3, true, -1, 2)]
    public void The_fast_path_equals_the_definition(
        int n, int c, int h, int w, int up, int down, int upTaps, int downTaps, bool radial, int before, int after)
    {
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(3);
        Tensor downFilter = Tensor.RandN(radial ? [downTaps, downTaps] : [downTaps], draws) / downTaps;
        CompareWithTheDefinition([n, c, h, w], up, down, upTaps, downFilter, before, after);
    }

    // As every designed filter is; its rows are added in pairs then.
    [Theory]
    [InlineData(1, 2, 36, 36, 2, 2, 12, 12, -9, -10)]
    [InlineData(2, 1, 19, 45, 4, 2, 24, 12, -2, -5)]
    [InlineData(1, 1, 40, 70, 2, 1, 6, 4, -1, 2)]
    [InlineData(1, 1, 30, 20, 2, 2, 6, 7, 3, 2)]
    public void A_radial_filter_that_is_equal_from_both_ends_is_applied_whole(
        int n, int c, int h, int w, int up, int down, int upTaps, int downTaps, int before, int after)
    {
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(4);
        Tensor half = Tensor.RandN([downTaps, downTaps], draws) / downTaps;
        CompareWithTheDefinition([n, c, h, w], up, down, upTaps, half + half.Flip(0), before, after);
    }

    private static void CompareWithTheDefinition(
        long[] shape, int up, int down, int upTaps, Tensor downFilter, int before, int after)
    {
        FastOpsOff.Skip();
        using GradMode mode = GradMode.Off();
        using var draws = new RandomGenerator(5);
        Tensor x = Tensor.RandN(shape, draws), bias = Tensor.RandN([shape[1]], draws);
        Tensor upFilter = Tensor.RandN([upTaps], draws) / upTaps;
        var padding = new Padding(before, after, after, before);
        foreach (double? clamp in new double?[] { null, 0.3 })
        {
            Assert.True(FilteredLreluKernel.Accepts(
                x, upFilter, downFilter, up, down, 1.5, 0.2, flipFilter: false, recorded: false));
            Tensor expected = FilteredLrelu.Reference(x, upFilter, downFilter, bias, up, down, padding, 1.5, 0.2, clamp);
            Close.To(expected, FilteredLrelu.Apply(x, upFilter, downFilter, bias, up, down, padding, 1.5, 0.2, clamp), Tolerance,
                $"clamp {clamp}");
        }

        Close.To(
            FilteredLrelu.Reference(x, upFilter, downFilter, null, up, down, padding),
            FilteredLrelu.Apply(x, upFilter, downFilter, null, up, down, padding), Tolerance, "without bias");
    }

    [Fact]
    public void A_picture_smaller_than_the_filter_is_refused_either_way()
    {
        using var scope = new TensorScope();
        Tensor x = Tensor.Ones([1, 1, 3, 3]), filter = Tensor.Ones([12]) / 12;
        Assert.Throws<ShapeException>(() => FilteredLrelu.Apply(x, filter, filter, null, 2, 2, Padding.All(6)));
        using GradMode mode = GradMode.Off();
        Assert.Throws<ShapeException>(() => FilteredLrelu.Apply(x, filter, filter, null, 2, 2, Padding.All(6)));
        Assert.Throws<ShapeException>(() => FilteredLrelu.Apply(x, filter, filter, Tensor.Ones([2]), 2, 2, Padding.All(20)));
    }

    [Fact]
    public void Without_filters_the_input_stays_as_it_was()
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor x = Tensor.Full([1, 1, 2, 2], -1);
        Assert.Equal(-0.2, FilteredLrelu.Apply(x, null, null).Mean().Item(), 1e-6);
        Assert.Equal(-1, x.Mean().Item());
    }

    private static Tensor Run(OperatorCase c) => FilteredLrelu.Apply(
        c.Inputs["x"], c.Optional("fu")?.Detach(), c.Optional("fd")?.Detach(), c.Optional("b"), c.Int("up", 1), c.Int("down", 1),
        c.Padding(), c.Number("gain") ?? 1, c.Number("slope")
            ?? Activations.DefaultSlope, c.Number("clamp"), c.Flag("flip_filter", false));
}
