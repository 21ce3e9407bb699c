using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.AliasFree;

/// <summary>
/// Up, times noted signs, and down again, in the graph: linear, so its gradient is its adjoint, and that one's gradient is this
/// again.
/// </summary>
internal sealed class MaskedFilterFunction : AutogradFunction
{
    private readonly FilteredLreluCall call;
    private readonly FilteredLreluCall adjoint;

    private MaskedFilterFunction(FilteredLreluCall call, FilteredLreluCall adjoint) =>
        (this.call, this.adjoint) = (call, adjoint);

    /// <summary>Applies one direction.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="mask">Signs, as <see cref="FilteredLreluKernel.Apply"/> noted them.</param>
    /// <param name="call">This direction.</param>
    /// <param name="adjoint">The other one.</param>
    internal static Tensor Apply(Tensor x, Tensor mask, FilteredLreluCall call, FilteredLreluCall adjoint) => GradMode.IsEnabled
        ? new MaskedFilterFunction(call, adjoint).Apply([x, mask])
        : FilteredLreluKernel.Apply(x, null, call, FilteredLreluMask.Read, mask);

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs[1]);
        return FilteredLreluKernel.Apply(inputs[0], null, call, FilteredLreluMask.Read, inputs[1]);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) =>
        [Apply(gradient, context.Saved(1)[0]!, adjoint, call), null];
}
