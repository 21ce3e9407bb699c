using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>
/// Two filters with a known mask between them, in the graph: the gradient of <see cref="CudaFilteredLrelu"/>. It is linear, so
/// gradients of any order are such calls again, forth and back.
/// </summary>
internal sealed class FilteredLreluMaskFunction : AutogradFunction
{
    private readonly CudaFilteredLreluCall call;

    private FilteredLreluMaskFunction(CudaFilteredLreluCall call) => this.call = call;

    /// <summary>D(mask · U(x)).</summary>
    internal static Tensor Apply(CudaFilteredLreluCall call, Tensor x, Tensor upFilter, Tensor downFilter, Tensor mask) =>
        new FilteredLreluMaskFunction(call).Apply(x, upFilter, downFilter, mask);

    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs[1], inputs[2], inputs[3]);
        return call.Run(inputs[0], null, inputs[1], inputs[2], inputs[3], FilteredLreluMask.Read);
    }

    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(3);
        return [Apply(call.Transposed(), gradient, saved[1]!, saved[0]!, saved[2]!), null, null, null];
    }
}
