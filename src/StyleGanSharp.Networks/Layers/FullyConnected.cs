using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Layers;

/// <summary>
/// Fully connected layer with equalised learning rate: weights are stored with unit variance and scaled when used. Source: Karras
/// et al., "Progressive Growing of GANs" (2018), section 4.1.
/// </summary>
public sealed class FullyConnected : Module
{
    private readonly Tensor weight;
    private readonly Tensor? bias;
    private readonly Activation activation;
    private readonly double weightGain;
    private readonly double biasGain;

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
    {
        ArgumentNullException.ThrowIfNull(init);
        InFeatures = inFeatures;
        this.activation = activation;
        weight = AddParameter("weight", init.Normal([outFeatures, inFeatures], 1 / lrMultiplier));
        bias = hasBias ? AddParameter("bias", Tensor.Full([outFeatures], biasInit / lrMultiplier)) : null;
        weightGain = lrMultiplier / Math.Sqrt(inFeatures);
        biasGain = lrMultiplier;
    }

    /// <summary>Size of the input vectors.</summary>
    public int InFeatures { get; }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, In], floating point.</param>
    /// <returns>[N, Out], dtype of <paramref name="x"/>.</returns>
    public Tensor Forward(Tensor x)
    {
        Shape.Require(x, [null, InFeatures]);
        using var scope = new TensorScope();
        Tensor b = bias is null || biasGain == 1 ? bias! : bias * biasGain;
        Tensor scaled = x * weightGain;
        return scope.Keep(BiasAct.Apply(ProductFunction.Apply(scaled, weight.To(x.DType)), b?.To(x.DType), activation: activation));
    }
}
