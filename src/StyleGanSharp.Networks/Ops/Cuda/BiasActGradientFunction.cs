using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>
/// The gradient of <see cref="CudaBiasAct"/> in the graph: linear in the upstream gradient, so its own gradient is itself again.
/// </summary>
internal sealed class BiasActGradientFunction : AutogradFunction
{
    private readonly BiasActCall call;
    private readonly bool hasBias;

    private BiasActGradientFunction(BiasActCall call, bool hasBias) => (this.call, this.hasBias) = (call, hasBias);

    /// <summary>Gradient of the input.</summary>
    /// <param name="call">The operator.</param>
    /// <param name="gradient">Of its result.</param>
    /// <param name="kept">Its result where <see cref="BiasActCall.UsesResult"/>, else its input.</param>
    /// <param name="bias">Its bias, where it is needed.</param>
    internal static Tensor Apply(BiasActCall call, Tensor gradient, Tensor kept, Tensor? bias)
    {
        var function = new BiasActGradientFunction(call, bias is not null);
        return bias is null ? function.Apply(gradient, kept) : function.Apply(gradient, kept, bias);
    }

    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        Tensor? bias = hasBias ? inputs[2] : null;
        context.Save(inputs[0], inputs[1], bias);
        return call.RunGradient(inputs[0], CudaBiasAct.Dense(inputs[1], call.Dim), bias);
    }

    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(3);
        (Tensor first, Tensor kept, Tensor? bias) = (saved[0]!, saved[1]!, saved[2]);
        Tensor forFirst = Apply(call, gradient, kept, bias);

        // Pieces of straight lines have no curvature.
        Tensor? forInput = call.UsesResult ? null : BiasActCurvatureFunction.Apply(call, gradient, first, kept, bias);
        return hasBias ? [forFirst, forInput, forInput is null ? null : call.SumForBias(forInput)] : [forFirst, forInput];
    }
}
