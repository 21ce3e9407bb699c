using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Bias;

/// <summary>
/// A gradient times the derivative of an <see cref="ActivationShape"/>, in the graph. It is linear in the gradient, and constant
/// in the activation's result wherever that has a derivative.
/// </summary>
internal sealed class MaskFunction : AutogradFunction
{
    private readonly ActivationShape shape;

    private MaskFunction(ActivationShape shape) => this.shape = shape;

    /// <inheritdoc cref="ActivationKernel.Mask"/>
    /// <param name="g">See above.</param>
    /// <param name="y">See above.</param>
    /// <param name="shape">See above.</param>
    /// <param name="bias">
    /// What was added before the activation; null: nothing. The mask does not change with it, but where only the mask depends on
    /// a bias, its gradient must be zero and not absent: optimizers go on with zero, and skip what is absent.
    /// </param>
    internal static Tensor Apply(Tensor g, Tensor y, ActivationShape shape, Tensor? bias = null)
    {
        if (!GradMode.IsEnabled)
        {
            return ActivationKernel.Mask(g, y, shape);
        }

        using var scope = new TensorScope();
        var function = new MaskFunction(shape);
        return scope.Keep(bias is null ? function.Apply([g, y.Detach()]) : function.Apply([g, y.Detach(), bias]));
    }

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs[1], inputs.Length > 2 ? inputs[2] : null);
        return ActivationKernel.Mask(inputs[0], inputs[1], shape);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(2);
        Tensor inner = Apply(gradient, saved[0]!, shape);
        return saved[1] is Tensor bias ? [inner, null, bias.Detach().ZerosLike()] : [inner, null];
    }
}
