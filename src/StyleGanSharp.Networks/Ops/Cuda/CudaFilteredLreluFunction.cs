using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>
/// <see cref="CudaFilteredLrelu"/> in the graph: keeps the mask, a sixteenth of the oversampled image in float32, instead of the
/// image.
/// </summary>
internal sealed class CudaFilteredLreluFunction : AutogradFunction
{
    private readonly CudaFilteredLreluCall call;
    private readonly bool hasBias;

    private CudaFilteredLreluFunction(CudaFilteredLreluCall call, bool hasBias) => (this.call, this.hasBias) = (call, hasBias);

    /// <summary>Applies the operator; image and bias are recorded.</summary>
    internal static Tensor Apply(CudaFilteredLreluCall call, Tensor x, Tensor? bias, Tensor upFilter, Tensor downFilter)
    {
        var function = new CudaFilteredLreluFunction(call, bias is not null);
        return bias is null ? function.Apply(x, upFilter, downFilter) : function.Apply(x, upFilter, downFilter, bias);
    }

    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        (Tensor x, Tensor upFilter, Tensor downFilter) = (inputs[0], inputs[1], inputs[2]);
        Tensor mask = call.EmptyMask(x);
        Tensor y = call.Run(x, hasBias ? inputs[3] : null, upFilter, downFilter, mask, FilteredLreluMask.Write);
        context.Save(upFilter, downFilter, mask);
        return y;
    }

    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(3);
        Tensor forInput = FilteredLreluMaskFunction.Apply(call.Transposed(), gradient, saved[1]!, saved[0]!, saved[2]!);
        return hasBias ? [forInput, null, null, forInput.Sum([0, 2, 3])] : [forInput, null, null];
    }
}
