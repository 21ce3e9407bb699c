using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>
/// Fully connected layer with bias and activation; its outputs may be feature maps, which then share one bias each. Source: Karras
/// et al. (2018), section 4.1.
/// </summary>
internal sealed class DenseLayer : Module
{
    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly double scale;
    private readonly int side;

    /// <param name="inFeatures">Size of the input vectors.</param>
    /// <param name="outFeatures">Number of outputs, or of feature maps.</param>
    /// <param name="side">Width and height of the feature maps; 1: plain outputs.</param>
    /// <param name="gain">See <see cref="LayerGain"/>.</param>
    /// <param name="useWeightScale">Equalised learning rate.</param>
    /// <param name="init">First values.</param>
    public DenseLayer(int inFeatures, int outFeatures, int side, double gain, bool useWeightScale, Initializer init)
    {
        double deviation = LayerGain.Scale(gain, inFeatures);
        weight = AddParameter("weight", init.Normal([(long)outFeatures * side * side, inFeatures], useWeightScale ? 1 : deviation));
        bias = AddParameter("bias", Tensor.Zeros([outFeatures]));
        scale = useWeightScale ? deviation : 1;
        this.side = side;
    }

    /// <summary>[N, In] to [N, Out], or [N, Out, side, side].</summary>
    public Tensor Forward(Tensor x, Activation activation)
    {
        Shape.Require(x, [null, weight.Size(1)]);
        using var scope = new TensorScope();
        Tensor y = ProductFunction.Apply(x, weight * scale);                      // [N, Out·side·side]
        y = side == 1 ? y : y.Reshape(-1, bias.Size(0), side, side);              // [N, Out, side, side]
        return scope.Keep(BiasAct.Apply(y, bias, activation: activation, gain: 1));
    }
}
