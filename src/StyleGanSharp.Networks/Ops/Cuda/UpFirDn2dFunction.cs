using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>One <see cref="UpFirDn2dCall"/> in the graph. It is linear, so gradients of any order are calls again.</summary>
internal sealed class UpFirDn2dFunction : AutogradFunction
{
    private readonly UpFirDn2dCall call;

    private UpFirDn2dFunction(UpFirDn2dCall call) => this.call = call;

    /// <inheritdoc cref="UpFirDn2dCall.Run"/>
    internal static Tensor Apply(UpFirDn2dCall call, Tensor x, Tensor filter) => new UpFirDn2dFunction(call).Apply(x, filter);

    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs[1]);
        return call.Run(inputs[0], inputs[1]);
    }

    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) =>
        [Apply(call.Transposed(), gradient, context.Saved(1)[0]!), null];
}
