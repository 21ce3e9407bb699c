using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>
/// What the second derivative of an activation contributes. No training differentiates a third time: that is refused, not wrong.
/// </summary>
internal sealed class BiasActCurvatureFunction : AutogradFunction
{
    private readonly BiasActCall call;
    private readonly bool hasBias;

    private BiasActCurvatureFunction(BiasActCall call, bool hasBias) => (this.call, this.hasBias) = (call, hasBias);

    /// <inheritdoc cref="BiasActCall.RunCurvature"/>
    internal static Tensor Apply(BiasActCall call, Tensor tangent, Tensor gradient, Tensor x, Tensor? bias)
    {
        var function = new BiasActCurvatureFunction(call, bias is not null);
        return bias is null ? function.Apply(tangent, gradient, x) : function.Apply(tangent, gradient, x, bias);
    }

    protected override Tensor Forward(FunctionContext context, Tensor[] inputs) =>
        call.RunCurvature(inputs[0], inputs[1], CudaBiasAct.Dense(inputs[2], call.Dim), hasBias ? inputs[3] : null);

    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) => throw new NotSupportedException(
        $"The third derivative of {call.Activation.Name()} has no CUDA kernel: set STYLEGAN_REFERENCE_OPS=1 to compute with "
            + $"libtorch's own operators.");
}
