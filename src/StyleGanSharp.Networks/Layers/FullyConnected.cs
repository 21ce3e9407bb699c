using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Layers;

/// <summary>
/// Fully connected layer with equalised learning rate: weights are stored with unit variance and scaled when used. Source: Karras
/// et al., "Progressive Growing of GANs" (2018), section 4.1; learning rate multiplier: Karras et al. (2019), appendix C.
/// </summary>
public sealed class FullyConnected : Module
{
    private readonly Tensor weight;
    private readonly Tensor? bias;
    private readonly Activation activation;
    private readonly double weightGain;
    private readonly double biasGain;
    private readonly double outputGain;
    private readonly int side;

    /// <summary>Creates the layer.</summary>
    /// <param name="inFeatures">Size of the input vectors.</param>
    /// <param name="outFeatures">Size of the output vectors.</param>
    /// <param name="init">First values.</param>
    /// <param name="hasBias">Add a bias before the activation.</param>
    /// <param name="activation">Activation with its default gain.</param>
    /// <param name="lrMultiplier">Learning rate relative to other layers; the stored values are larger by its inverse.</param>
    /// <param name="biasInit">First value of the bias.</param>
    public FullyConnected(
        int inFeatures, int outFeatures, Initializer init, bool hasBias = true, Activation activation = Activation.Linear,
        double lrMultiplier = 1, double biasInit = 0)
        : this(inFeatures, outFeatures, init, activation, null, lrMultiplier, hasBias, biasInit)
    {
    }

    /// <summary>Creates a layer, also of those that ProGAN and StyleGAN have.</summary>
    /// <param name="inFeatures">Size of the input vectors.</param>
    /// <param name="outFeatures">Size of the output vectors, or number of feature maps.</param>
    /// <param name="init">First values.</param>
    /// <param name="activation">Activation.</param>
    /// <param name="gain">
    /// Gain of the weights (<see cref="LayerGain"/>), none follows the activation then; null: the activation's follows it.
    /// </param>
    /// <param name="lrMultiplier">Learning rate relative to other layers.</param>
    /// <param name="hasBias">Add a bias before the activation.</param>
    /// <param name="biasInit">First value of the bias.</param>
    /// <param name="equalized">False: weights are stored as they are used.</param>
    /// <param name="side">Width and height of the feature maps, which share one bias each; 1: the outputs are vectors.</param>
    internal FullyConnected(
        int inFeatures, int outFeatures, Initializer init, Activation activation, double? gain, double lrMultiplier = 1,
        bool hasBias = true,
        double biasInit = 0, bool equalized = true, int side = 1)
    {
        ArgumentNullException.ThrowIfNull(init);
        (InFeatures, this.activation, this.side) = (inFeatures, activation, side);
        double scale = (gain ?? 1) * lrMultiplier / Math.Sqrt(inFeatures);
        weight = AddParameter(
            "weight", init.Normal([outFeatures * side * side, inFeatures], equalized ? 1 / lrMultiplier : scale));
        bias = hasBias ? AddParameter("bias", Tensor.Full([outFeatures], biasInit / lrMultiplier)) : null;
        (weightGain, biasGain) = (equalized ? scale : 1, lrMultiplier);
        outputGain = gain is null ? activation.DefaultGain() : 1;
    }

    /// <summary>Size of the input vectors.</summary>
    public int InFeatures { get; }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, In], floating point.</param>
    /// <returns>[N, Out] or [N, Out, side, side], dtype of <paramref name="x"/>.</returns>
    public Tensor Forward(Tensor x)
    {
        Shape.Require(x, [null, InFeatures]);
        using var scope = new TensorScope();
        Tensor b = bias is null || biasGain == 1 ? bias! : bias * biasGain;
        Tensor y = ProductFunction.Apply(x * weightGain, weight.To(x.DType));
        y = side == 1 ? y : y.Reshape(x.Size(0), -1, side, side);
        return scope.Keep(BiasAct.Apply(y, b?.To(x.DType), activation: activation, gain: outputGain));
    }
}
