using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Faces.Networks;

/// <summary>Operations that libtorch's own layers spell differently.</summary>
internal static class Layers
{
    private static readonly Operator MaxPool2d = new("aten::max_pool2d");
    private static readonly Operator AvgPool2d = new("aten::avg_pool2d");

    /// <summary>
    /// Zeros for a 3x3 convolution with "same" padding: one on each side for stride 1; for stride 2 on an even side none before
    /// and one after, which libtorch's symmetric padding cannot say. All strided layers of these networks have even sides.
    /// </summary>
    internal static Tensor PadSame(Tensor x, int stride) => stride == 1 ? x.Pad([1, 1, 1, 1]) : x.Pad([0, 1, 0, 1]);

    /// <summary>Max pooling without padding.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="kernel">Side of the window.</param>
    /// <param name="stride">Step.</param>
    /// <param name="partial">Whether a last incomplete window counts, which is what "same" padding after the image means.</param>
    internal static Tensor MaxPool(Tensor x, int kernel, int stride, bool partial) =>
        MaxPool2d.Call(x, new long[] { kernel, kernel }, new long[] { stride, stride }, new long[] { 0, 0 }, new long[] { 1, 1 },
            partial);

    /// <summary>Mean of 2x2 pixels, stride 2; an odd last row or column is dropped.</summary>
    internal static Tensor Halve(Tensor x) => AvgPool2d.Call(x, new long[] { 2, 2 }, new long[] { 2, 2 });
}

/// <summary>A convolution with bias.</summary>
internal sealed class Conv : Module
{
    private readonly Tensor filters;
    private readonly Tensor bias;
    private readonly int stride;

    internal Conv(int inChannels, int outChannels, int kernel, int stride = 1)
    {
        filters = AddBuffer("filters", Tensor.Empty([outChannels, inChannels, kernel, kernel]))!;
        bias = AddBuffer("bias", Tensor.Empty([outChannels]))!;
        this.stride = stride;
    }

    /// <summary>[N, Cin, H, W] to [N, Cout, H', W'], without padding.</summary>
    internal Tensor Forward(Tensor x) => Functional.Conv2d(x, filters, bias, (stride, stride));
}

/// <summary>A 3x3 convolution of each channel ("same" padding), then a 1x1 convolution with bias.</summary>
internal sealed class SeparableConv : Module
{
    private readonly Tensor depthwise;
    private readonly Tensor pointwise;
    private readonly Tensor bias;
    private readonly int stride;

    internal SeparableConv(int inChannels, int outChannels, int stride = 1)
    {
        depthwise = AddBuffer("depthwise_filter", Tensor.Empty([inChannels, 1, 3, 3]))!;
        pointwise = AddBuffer("pointwise_filter", Tensor.Empty([outChannels, inChannels, 1, 1]))!;
        bias = AddBuffer("bias", Tensor.Empty([outChannels]))!;
        this.stride = stride;
    }

    /// <summary>[N, Cin, H, W] to [N, Cout, H', W'].</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        x = Functional.Conv2d(Layers.PadSame(x, stride), depthwise, stride: (stride, stride), groups: depthwise.Size(0));
        return scope.Keep(Functional.Conv2d(x, pointwise, bias));
    }
}

/// <summary>A fully connected layer.</summary>
internal sealed class Dense : Module
{
    private readonly Tensor weights;
    private readonly Tensor bias;

    internal Dense(int inputs, int outputs)
    {
        weights = AddBuffer("weights", Tensor.Empty([outputs, inputs]))!;
        bias = AddBuffer("bias", Tensor.Empty([outputs]))!;
    }

    /// <summary>[N, In] to [N, Out].</summary>
    internal Tensor Forward(Tensor x) => Functional.Linear(x, weights, bias);
}
