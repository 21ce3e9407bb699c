using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary><see cref="CudaBiasAct"/> in the graph.</summary>
internal sealed class BiasActFunction : AutogradFunction
{
    private readonly BiasActCall call;
    private readonly bool hasBias;

    private BiasActFunction(BiasActCall call, bool hasBias) => (this.call, this.hasBias) = (call, hasBias);

    /// <summary>Applies the operator; inputs are recorded.</summary>
    internal static Tensor Apply(BiasActCall call, Tensor x, Tensor? bias)
    {
        var function = new BiasActFunction(call, bias is not null);
        return bias is null ? function.Apply(x) : function.Apply(x, bias);
    }

    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        Tensor? bias = hasBias ? inputs[1] : null;
        Tensor x = CudaBiasAct.Dense(inputs[0], call.Dim), y = CudaLayout.EmptyLike(x);
        call.Run(x, bias, y);
        context.Save(call.IsLinear ? null : call.UsesResult ? y : inputs[0], call.UsesResult ? null : bias);
        return y;
    }

    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(2);
        Tensor forInput = call.IsLinear
            ? gradient * call.Gain : BiasActGradientFunction.Apply(call, gradient, saved[0]!, saved[1]);
        return hasBias ? [forInput, call.SumForBias(forInput)] : [forInput];
    }
}
