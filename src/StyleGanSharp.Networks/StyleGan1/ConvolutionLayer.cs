using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>Convolution, bias and activation: the layers of the discriminator and those from and to colours.</summary>
internal sealed class ConvolutionLayer : Module
{
    private readonly Conv2dLayer convolution;
    private readonly Tensor bias;
    private readonly Activation activation;

    internal ConvolutionLayer(
        int inChannels, int outChannels, int kernelSize, Initializer init, Activation activation = Activation.Linear,
        int down = 1)
    {
        this.activation = activation;
        var options = new Conv2dOptions { HasBias = false, Gain = LayerGain.Of(activation), Down = down, ResampleFilter = [] };
        convolution = AddModule("conv", new Conv2dLayer(inChannels, outChannels, kernelSize, options, init));
        bias = AddParameter("bias", Tensor.Zeros([outChannels]));
    }

    /// <summary>[N, Cin, H, W] to [N, Cout, H, W], half as large where the layer downsamples.</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();

        // The gain that the activation calls for sits in the weights.
        return scope.Keep(BiasAct.ApplyToTemporary(convolution.Forward(x), bias, activation: activation, gain: 1));
    }
}
