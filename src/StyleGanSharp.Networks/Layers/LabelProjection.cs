using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Layers;

/// <summary>
/// Labels as vectors of the latents' size, to be set beside z: one vector for each class. StyleGAN and the first StyleGAN2
/// program (TensorFlow) condition this way, without bias and without equalised learning rate.
/// </summary>
internal sealed class LabelProjection : Module
{
    private readonly Tensor weight;

    internal LabelProjection(int cDim, int features, Initializer init) =>
        weight = AddParameter("weight", init.Normal([features, cDim]));

    /// <summary>[N, CDim] to [N, features].</summary>
    internal Tensor Forward(Tensor? c)
    {
        using var scope = new TensorScope();
        return scope.Keep(Functional.Linear(Labels.Require(c, weight.Size(1)), weight, null));
    }
}
