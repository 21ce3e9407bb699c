using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>The fast form of <see cref="BiasAct"/> on CUDA devices: one pass over memory, and one for each gradient.</summary>
internal static class CudaBiasAct
{
    /// <summary>Name of the source file.</summary>
    internal const string File = "bias_act";

    /// <summary>Whether a call can be taken over.</summary>
    internal static bool Accepts(Tensor x, Tensor? bias) => CudaOperators.Suits(bias, x) && CudaOperators.Accepts(File, x);

    /// <summary>The operator; with <c>inPlace</c> the result may take the memory of <c>x</c> where nothing is recorded.</summary>
    /// <inheritdoc cref="BiasAct.Apply"/>
    internal static Tensor Apply(
        Tensor x, Tensor? bias, int dim, Activation activation, double? slope, double? gain, double? clamp,
        bool inPlace = false) =>
        Apply(CudaOperators.Kernels, x, bias, dim, activation, slope, gain, clamp, inPlace);

    /// <summary>The same, launched by other means.</summary>
    /// <inheritdoc cref="BiasAct.Apply"/>
    internal static Tensor Apply(
        ICudaKernels kernels, Tensor x, Tensor? bias, int dim, Activation activation, double? slope, double? gain, double? clamp,
        bool inPlace = false)
    {
        if (bias is not null)
        {
            Shape.Require(bias, [x.Size(dim)]);
        }

        var call = new BiasActCall(
            kernels, dim < 0
                ? dim + x.Dim : dim, activation, (float)(slope ?? Activations.DefaultSlope), (float)(
                    gain ?? activation.DefaultGain()),
            clamp is double limit ? (float)limit : -1);
        if (GradMode.IsEnabled && (x.RequiresGrad || bias is { RequiresGrad: true }))
        {
            return BiasActFunction.Apply(call, x, bias);
        }

        using var scope = new TensorScope();
        bool reuse = inPlace && !GradMode.IsEnabled && (x.IsContiguous || CudaLayout.IsChannelsLast(x));
        Tensor dense = reuse ? x : Dense(x, call.Dim), target = reuse ? x : CudaLayout.EmptyLike(dense);
        call.Run(dense, bias, target);
        return scope.Keep(target);
    }

    /// <summary>Without gaps, in an order in which the bias's dimension has one distance between neighbours.</summary>
    internal static Tensor Dense(Tensor x, int dim) => dim == 1 ? CudaLayout.Dense(x) : x.Contiguous();
}
