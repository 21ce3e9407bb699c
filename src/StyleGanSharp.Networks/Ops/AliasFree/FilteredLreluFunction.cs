using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.AliasFree;

/// <summary>
/// <see cref="FilteredLreluKernel"/> in the graph: the forward pass notes the signs at the high rate, the backward pass needs
/// nothing else.
/// </summary>
internal sealed class FilteredLreluFunction : AutogradFunction
{
    private readonly FilteredLreluCall call;

    private FilteredLreluFunction(FilteredLreluCall call) => this.call = call;

    /// <inheritdoc cref="FilteredLreluKernel.Apply"/>
    internal static Tensor Apply(Tensor x, Tensor? bias, FilteredLreluCall call)
    {
        if (!GradMode.IsEnabled)
        {
            return FilteredLreluKernel.Apply(x, bias, call);
        }

        var function = new FilteredLreluFunction(call);
        return bias is null ? function.Apply([x]) : function.Apply([x, bias]);
    }

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        Tensor x = inputs[0];
        Tensor mask = Tensor.Zeros([x.Size(0) * x.Size(1) * call.MaskPlane], DType.Int8);
        context.Save(mask, inputs.Length > 1 ? inputs[1] : null);
        return FilteredLreluKernel.Apply(x, inputs.Length > 1 ? inputs[1] : null, call, FilteredLreluMask.Write, mask);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(2);
        Tensor inner = MaskedFilterFunction.Apply(gradient, saved[0]!, call.Transposed(), call);
        return saved[1] is null ? [inner] : [inner, context.Needs(1) ? inner.Sum([0, 2, 3]) : null];
    }
}
