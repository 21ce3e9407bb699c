using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>The fast form of <see cref="BiasAct"/> after a multiplication and an addition, on CUDA devices.</summary>
internal static class CudaStyleEpilogue
{
    /// <summary>Name of the source file.</summary>
    internal const string File = "style_epilogue";

    /// <summary>Whether a call can be taken over.</summary>
    internal static bool Accepts(Tensor x, in StyleEpilogueArguments rest) =>
        Suits(rest.Factor, x) && Suits(rest.Noise, x) && Suits(rest.Bias, x) && rest.Slope > 0 && CudaOperators.Accepts(File, x);

    /// <summary>clamp(gain · leaky ReLU(x · factor + noise + bias)), in the graph.</summary>
    /// <param name="kernels">What launches; null: the devices.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="factor">[N, C]; null: none.</param>
    /// <param name="noise">[H, W] or [N, 1, H, W]; null: none.</param>
    /// <param name="bias">[C].</param>
    /// <param name="slope">Slope below zero; positive.</param>
    /// <param name="gain">Factor after the leaky ReLU; positive.</param>
    /// <param name="clamp">Limit of the magnitude; null: none.</param>
    internal static Tensor Apply(
        ICudaKernels? kernels, Tensor x, Tensor? factor, Tensor? noise, Tensor bias, double slope, double gain, double? clamp)
    {
        using var scope = new TensorScope();
        var call = new CudaStyleEpilogueCall(
            kernels ?? CudaOperators.Kernels, (float)slope, (float)gain, clamp is double limit ? (float)limit : -1);
        if (GradMode.IsEnabled)
        {
            return scope.Keep(CudaStyleEpilogueFunction.Apply(call, x, factor, noise, bias));
        }

        Tensor dense = CudaLayout.Dense(x), target = CudaLayout.EmptyLike(dense);
        call.Run(dense, factor, noise, bias, target);
        return scope.Keep(target);
    }

    // Where nothing is recorded, the small operands may be more exact than the features.
    private static bool Suits(Tensor? operand, Tensor x) =>
        CudaOperators.Suits(operand, x) || (!GradMode.IsEnabled && operand!.DType == DType.Float32 && operand.Device == x.Device);
}
