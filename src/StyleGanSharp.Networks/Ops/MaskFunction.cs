using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// A gradient times the derivative of an <see cref="ActivationShape"/>, in the graph. It is linear in the gradient, and constant in the
/// activation's result wherever that has a derivative.
/// </summary>
internal sealed class MaskFunction : AutogradFunction
{
    private readonly ActivationShape shape;

    private MaskFunction(ActivationShape shape) => this.shape = shape;

    /// <inheritdoc cref="ActivationKernel.Mask"/>
    internal static Tensor Apply(Tensor g, Tensor y, ActivationShape shape)
    {
        if (!GradMode.IsEnabled)
        {
            return ActivationKernel.Mask(g, y, shape);
        }

        using var scope = new TensorScope();
        return scope.Keep(new MaskFunction(shape).Apply(g, y.Detach()));
    }

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs[1]);
        return ActivationKernel.Mask(inputs[0], inputs[1], shape);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) => [Apply(gradient, context.Saved(1)[0]!, shape), null];
}
