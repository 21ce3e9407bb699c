using StyleGanSharp.Benchmarking.Convolutions;
using StyleGanSharp.Networks;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Benchmarking.Tests.Convolutions;

/// <summary>The floor of small convolutions.</summary>
public sealed class OperationFloorTests
{
    private static readonly ConvolutionShape Small = new(ConvolutionKind.Same, 4, 4, 8, 8);

    [Theory]
    [InlineData(ConvolutionPass.Forward)]
    [InlineData(ConvolutionPass.BackwardData)]
    [InlineData(ConvolutionPass.BackwardWeights)]
    public void Every_kind_takes_time_in_every_pass(object pass) =>
        RequireTimeOfEveryKind((ConvolutionPass)pass, Precision.Float32);

    [Theory]
    [InlineData(ConvolutionPass.Forward)]
    [InlineData(ConvolutionPass.BackwardData)]
    [InlineData(ConvolutionPass.BackwardWeights)]
    public void And_in_bfloat16(object pass)
    {
        BFloat16.Require();
        RequireTimeOfEveryKind((ConvolutionPass)pass, Precision.Fast);
    }

    private static void RequireTimeOfEveryKind(ConvolutionPass pass, Precision precision)
    {
        var floor = new OperationFloor(Device.Cpu, CancellationToken.None, precision);
        foreach (ConvolutionKind kind in Enum.GetValues<ConvolutionKind>())
        {
            double seconds = floor.Seconds([Small with { Kind = kind }], 2, pass);
            Assert.Equal(kind == ConvolutionKind.Colours, seconds == 0);
        }
    }

    [Fact]
    public void Each_shape_is_measured_once_and_counted_as_often_as_it_occurs()
    {
        var floor = new OperationFloor(Device.Cpu, CancellationToken.None);
        double one = floor.Seconds([Small], 1, ConvolutionPass.Forward);
        Assert.Equal(3 * one, floor.Seconds([Small, Small, Small], 1, ConvolutionPass.Forward), 1e-9);
    }

    [Fact]
    public void It_leaves_no_tensor_behind()
    {
        new OperationFloor(Device.Cpu, CancellationToken.None).Seconds([Small], 1, ConvolutionPass.BackwardData); // what is made once
        long before = Tensor.LiveCount;
        new OperationFloor(Device.Cpu, CancellationToken.None).Seconds([Small], 1, ConvolutionPass.BackwardData);
        Assert.Equal(before, Tensor.LiveCount);
    }
}
