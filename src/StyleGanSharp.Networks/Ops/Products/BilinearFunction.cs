using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Products;

/// <summary>
/// A function f(x, w) that is linear in both, or one of its gradients, in the graph. See <see cref="BilinearRole"/>.
/// </summary>
/// <param name="role">What this application computes.</param>
internal abstract class BilinearFunction(BilinearRole role) : AutogradFunction
{
    /// <summary>Computes a role; records it where recording is on.</summary>
    /// <param name="wanted">The role.</param>
    /// <param name="a">x for the output, else g.</param>
    /// <param name="b">x for the weights, else w.</param>
    private protected Tensor Apply(BilinearRole wanted, Tensor a, Tensor b) =>
        GradMode.IsEnabled ? (wanted == role ? this : For(wanted)).Apply([a, b]) : Compute(wanted, a, b);

    /// <summary>The same function for another role.</summary>
    private protected abstract BilinearFunction For(BilinearRole wanted);

    /// <summary>Computes a role, unrecorded.</summary>
    private protected abstract Tensor Compute(BilinearRole wanted, Tensor a, Tensor b);

    /// <inheritdoc/>
    protected sealed override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        return Compute(role, inputs[0], inputs[1]);
    }

    /// <inheritdoc/>
    protected sealed override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(2);
        Tensor a = saved[0]!, b = saved[1]!;
        bool first = context.Needs(0), second = context.Needs(1);
        return role switch
        {
            BilinearRole.Output => // a = x, b = w, gradient = g
                [first ? Apply(BilinearRole.Input, gradient, b) : null, second ? Apply(BilinearRole.Weight, gradient, a) : null],
            BilinearRole.Input =>  // a = g, b = w, gradient = x
                [first ? Apply(BilinearRole.Output, gradient, b) : null, second ? Apply(BilinearRole.Weight, a, gradient) : null],
            _ =>                   // a = g, b = x, gradient = w
                [first ? Apply(BilinearRole.Output, b, gradient) : null, second ? Apply(BilinearRole.Input, a, gradient) : null],
        };
    }
}
