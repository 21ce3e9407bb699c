using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>Convolution that keeps the size, with bias and activation. Source: Karras et al. (2018), section 4.1.</summary>
internal sealed class ConvLayer : Module
{
    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly double scale;
    private readonly int padding;

    public ConvLayer(int inChannels, int outChannels, int kernelSize, double gain, bool useWeightScale, Initializer init)
    {
        double deviation = LayerGain.Scale(gain, (long)inChannels * kernelSize * kernelSize);
        weight = AddParameter("weight", init.Normal([outChannels, inChannels, kernelSize, kernelSize], useWeightScale ? 1 : deviation));
        bias = AddParameter("bias", Tensor.Zeros([outChannels]));
        scale = useWeightScale ? deviation : 1;
        padding = kernelSize / 2;
    }

    /// <summary>The convolution alone, [N, Cin, H, W] to [N, Cout, H, W].</summary>
    public Tensor Convolve(Tensor x)
    {
        Shape.Require(x, [null, weight.Size(1), null, null]);
        using var scope = new TensorScope();
        return scope.Keep(PlainConvolution.Apply(x, weight * scale, 1, padding, padding));
    }

    /// <summary>Bias and activation, any [N, Cout, H, W].</summary>
    public Tensor Finish(Tensor x, Activation activation) => BiasAct.ApplyToTemporary(x, bias, activation: activation, gain: 1);

    /// <summary>All of it.</summary>
    public Tensor Forward(Tensor x, Activation activation)
    {
        using var scope = new TensorScope();
        return scope.Keep(Finish(Convolve(x), activation));
    }
}
