using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Bias;

/// <summary><see cref="ActivationKernel"/> in the graph.</summary>
internal sealed class ActivationFunction : AutogradFunction
{
    private readonly ActivationShape shape;

    private ActivationFunction(ActivationShape shape) => this.shape = shape;

    /// <inheritdoc cref="ActivationKernel.Forward"/>
    internal static Tensor Apply(Tensor x, Tensor? bias, ActivationShape shape)
    {
        if (!GradMode.IsEnabled)
        {
            return ActivationKernel.Forward(x, bias, shape);
        }

        var function = new ActivationFunction(shape);
        return bias is null ? function.Apply(x) : function.Apply(x, bias);
    }

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        Tensor y = ActivationKernel.Forward(inputs[0], inputs.Length > 1 ? inputs[1] : null, shape);
        context.Save(y, inputs.Length > 1 ? inputs[1] : null);
        return y;
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(2);

        // As for the reference's operators: a clamp alone does not tie the gradient to what was clamped.
        Tensor inner = MaskFunction.Apply(gradient, saved[0]!, shape, shape.Slope == 1 ? null : saved[1]);
        return saved[1] is null ? [inner] : [inner, context.Needs(1) ? ChannelSum.Of(inner) : null];
    }
}
