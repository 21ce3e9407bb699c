using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>The fast twin of <see cref="BiasAct"/> after a multiplication and an addition, on CUDA devices.</summary>
internal static class CudaStyleEpilogue
{
    /// <summary>Name of the source file.</summary>
    internal const string File = "style_epilogue";

    /// <summary>Whether the end of a convolution that was prepared for inference can be taken over.</summary>
    internal static bool Accepts(Tensor y, in StyleEpilogueArguments rest) =>
        CudaOperators.Suits(rest.Factor, y) && CudaOperators.Suits(rest.Noise, y) && CudaOperators.Suits(rest.Bias, y) && rest.Slope > 0
        && CudaOperators.Accepts(File, y);

    /// <summary>The end of a convolution that was prepared for inference.</summary>
    /// <param name="y">What the convolution gave: [N, C, H, W], or the phases of an upsampled image. May be overwritten.</param>
    /// <param name="remainder">Low-pass that follows the interleaving of phases; null: <paramref name="y"/> is the image.</param>
    /// <param name="rest">Everything else.</param>
    internal static Tensor Finish(Tensor y, float[]? remainder, in StyleEpilogueArguments rest) => Finish(CudaOperators.Kernels, y, remainder, rest);

    /// <summary>The same, launched by other means.</summary>
    /// <inheritdoc cref="Finish(Tensor, float[], in StyleEpilogueArguments)"/>
    internal static Tensor Finish(ICudaKernels kernels, Tensor y, float[]? remainder, in StyleEpilogueArguments rest)
    {
        using var scope = new TensorScope();
        var call = new StyleEpilogueCall(kernels, (float)rest.Slope, 1, rest.Clamp is double limit ? (float)limit : -1);
        if (remainder is null)
        {
            Tensor dense = CudaLayout.Dense(y);
            call.Run(dense, rest.Factor, rest.Noise, rest.Bias, dense);
            return scope.Keep(dense);
        }

        Tensor target = CudaLayout.EmptyImages(y, y.Size(0), y.Size(1) / 4, 2 * (y.Size(2) - 1), 2 * (y.Size(3) - 1));
        call.RunOfPhases(y, remainder, rest.Factor, rest.Noise, rest.Bias, target);
        return scope.Keep(target);
    }

    /// <summary>Whether noise, bias and leaky ReLU of a recorded layer can be taken over.</summary>
    internal static bool Accepts(Tensor x, Tensor? noise, Tensor bias, Activation activation, double gain) =>
        activation == Activation.LeakyRelu && gain > 0 && CudaOperators.Suits(noise, x) && CudaOperators.Suits(bias, x) && CudaOperators.Accepts(File, x);

    /// <summary>clamp(gain · leaky ReLU(x · factor + noise + bias)), in the graph.</summary>
    /// <param name="kernels">What launches; null: the devices.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="factor">[N, C]; null: none.</param>
    /// <param name="noise">[H, W] or [N, 1, H, W]; null: none.</param>
    /// <param name="bias">[C].</param>
    /// <param name="slope">Slope below zero; positive.</param>
    /// <param name="gain">Factor after the leaky ReLU; positive.</param>
    /// <param name="clamp">Limit of the magnitude; null: none.</param>
    internal static Tensor Apply(ICudaKernels? kernels, Tensor x, Tensor? factor, Tensor? noise, Tensor bias, double slope, double gain, double? clamp)
    {
        using var scope = new TensorScope();
        var call = new StyleEpilogueCall(kernels ?? CudaOperators.Kernels, (float)slope, (float)gain, clamp is double limit ? (float)limit : -1);
        if (GradMode.IsEnabled)
        {
            return scope.Keep(StyleEpilogueFunction.Apply(call, x, factor, noise, bias));
        }

        Tensor dense = CudaLayout.Dense(x), target = CudaLayout.EmptyLike(dense);
        call.Run(dense, factor, noise, bias, target);
        return scope.Keep(target);
    }
}
