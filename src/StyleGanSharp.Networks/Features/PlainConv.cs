using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Features;

/// <summary>A convolution with bias and ReLU, without any gain: its values are loaded.</summary>
internal sealed class PlainConv : Module
{
    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly int stride;
    private readonly int padding;

    internal PlainConv(int inChannels, int outChannels, int kernel, int stride = 1, int padding = 0)
    {
        weight = AddBuffer("weight", Tensor.Empty([outChannels, inChannels, kernel, kernel]))!;
        bias = AddBuffer("bias", Tensor.Empty([outChannels]))!;
        (this.stride, this.padding) = (stride, padding);
    }

    /// <summary>[N, Cin, H, W] to [N, Cout, H', W'], not negative.</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        return scope.Keep(Functional.Relu(Functional.Conv2d(x, weight, bias, (stride, stride), (padding, padding))));
    }
}
