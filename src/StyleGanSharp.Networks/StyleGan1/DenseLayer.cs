using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>
/// Fully connected layer with equalised learning rate whose gain sits in the weights, unlike that of StyleGAN2 and later: the bias is not
/// amplified. Source: Karras et al. (2018), section 4.1; learning rate multiplier: Karras et al. (2019), appendix C.
/// </summary>
internal sealed class DenseLayer : Module
{
    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly Activation activation;
    private readonly double gain;
    private readonly double lrMultiplier;

    internal DenseLayer(int inFeatures, int outFeatures, Initializer init, Activation activation = Activation.Linear, double lrMultiplier = 1)
    {
        (this.activation, this.lrMultiplier) = (activation, lrMultiplier);
        weight = AddParameter("weight", init.Normal([outFeatures, inFeatures], 1 / lrMultiplier));
        bias = AddParameter("bias", Tensor.Zeros([outFeatures]));
        gain = (activation == Activation.Linear ? 1 : Convolution.ReluGain) * lrMultiplier / Math.Sqrt(inFeatures);
    }

    /// <summary>[N, In] to [N, Out].</summary>
    internal Tensor Forward(Tensor x)
    {
        Shape.Require(x, [null, weight.Size(1)]);
        using var scope = new TensorScope();
        Tensor y = ProductFunction.Apply(x * gain, weight);
        return scope.Keep(BiasAct.ApplyToTemporary(y, bias * lrMultiplier, activation: activation, gain: 1));
    }
}
