using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>Convolution with equalised learning rate, without bias. Source: Karras et al. (2018), section 4.1.</summary>
internal sealed class Convolution : Module
{
    /// <summary>Gain of layers that a leaky or plain ReLU follows (He et al. 2015).</summary>
    internal static readonly double ReluGain = Math.Sqrt(2);

    private readonly Tensor weight;
    private readonly double gain;
    private readonly Scaling scaling;

    internal Convolution(int inChannels, int outChannels, int kernelSize, Initializer init, double gain, Scaling scaling = Scaling.None)
    {
        weight = AddParameter("weight", init.Normal([outChannels, inChannels, kernelSize, kernelSize]));
        this.gain = gain / Math.Sqrt((double)inChannels * kernelSize * kernelSize);
        this.scaling = scaling;
    }

    /// <summary>[N, Cin, H, W] to [N, Cout, H, W], twice or half as large where the layer scales.</summary>
    internal Tensor Forward(Tensor x)
    {
        Shape.Require(x, [null, weight.Size(1), null, null]);
        using var scope = new TensorScope();
        Tensor w = weight * gain;
        int padding = (int)weight.Size(2) / 2;
        return scope.Keep(scaling switch
        {
            Scaling.Up => BoxConv2d.Up(x, w),
            Scaling.Down => BoxConv2d.Down(x, w),
            _ => PlainConvolution.Apply(x, w, 1, padding, padding),
        });
    }
}
