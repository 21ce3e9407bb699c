using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>
/// One application of <see cref="BiasAct"/> by a CUDA kernel: its options, and the launches of its three orders.
/// </summary>
/// <param name="Kernels">What launches.</param>
/// <param name="Dim">Dimension of the bias.</param>
/// <param name="Activation">Activation function.</param>
/// <param name="Slope">Slope of the leaky ReLU below zero.</param>
/// <param name="Gain">Factor after the activation.</param>
/// <param name="Limit">Limit of the magnitude; negative: none.</param>
internal sealed record BiasActCall(ICudaKernels Kernels, int Dim, Activation Activation, float Slope, float Gain, float Limit)
{
    /// <summary>The gradient is a multiple of the upstream one, and nothing has to be kept for it.</summary>
    internal bool IsLinear => Activation == Activation.Linear && Limit < 0;

    /// <summary>
    /// The gradient follows from the result alone, which something else keeps anyway, so that the input can be freed.
    /// </summary>
    internal bool UsesResult => Activation switch
    {
        Activation.Linear => true,
        Activation.Relu => Gain > 0,
        Activation.LeakyRelu => Gain > 0 && Slope > 0,
        _ => false,
    };

    /// <summary>The operator itself.</summary>
    /// <param name="x">Dense.</param>
    /// <param name="bias">Of the dimension, or null.</param>
    /// <param name="target">In the order of <paramref name="x"/>, or <paramref name="x"/> itself.</param>
    internal void Run(Tensor x, Tensor? bias, Tensor target) => Launch(0, x, bias, null, null, target);

    /// <summary>Gradient of the input.</summary>
    /// <param name="gradient">Of the result; any order of elements.</param>
    /// <param name="kept">The result where <see cref="UsesResult"/>, else the input; dense.</param>
    /// <param name="bias">As given to the operator.</param>
    internal Tensor RunGradient(Tensor gradient, Tensor kept, Tensor? bias)
    {
        using var scope = new TensorScope();
        Tensor target = CudaLayout.EmptyLike(kept);
        Launch(1, kept, bias, CudaLayout.Like(gradient, kept), null, target);
        return scope.Keep(target);
    }

    /// <summary>Gradient of the input through the curvature of the activation, where order 1 computed with it.</summary>
    /// <param name="tangent">Gradient of what <see cref="RunGradient"/> gave.</param>
    /// <param name="gradient">What it was given.</param>
    /// <param name="x">The input, dense.</param>
    /// <param name="bias">As given to the operator.</param>
    internal Tensor RunCurvature(Tensor tangent, Tensor gradient, Tensor x, Tensor? bias)
    {
        using var scope = new TensorScope();
        Tensor target = CudaLayout.EmptyLike(x);
        Launch(2, x, bias, CudaLayout.Like(gradient, x), CudaLayout.Like(tangent, x), target);
        return scope.Keep(target);
    }

    /// <summary>What a gradient of the input is to the bias.</summary>
    internal Tensor SumForBias(Tensor gradient) =>
        gradient.Sum([.. Enumerable.Range(0, gradient.Dim).Where(d => d != Dim).Select(d => (long)d)]);

    private void Launch(int order, Tensor x, Tensor? bias, Tensor? gradient, Tensor? tangent, Tensor target)
    {
        using Tensor? plainBias = bias?.Contiguous();
        var parameters = new BiasActParameters
        {
            X = x.DataPointer,
            Bias = plainBias?.DataPointer ?? 0,
            Gradient = gradient?.DataPointer ?? 0,
            Tangent = tangent?.DataPointer ?? 0,
            Target = target.DataPointer,
            Count = x.Count,
            Step = CudaLayout.IsChannelsLast(x) && Dim == 1 ? 1 : Shape.Count(x.Shape[(Dim + 1)..]),
            Channels = x.Size(Dim),
            Order = order,
            Activation = (int)Activation,
            FromResult = order > 0 && UsesResult ? 1 : 0,
            Slope = Slope,
            Gain = Gain,
            Limit = Limit,
        };
        Kernels.Launch(CudaSources.Of(CudaBiasAct.File, x.DType), "bias_act", x.Device, CudaLaunch.ForElements(x.Count),
            parameters);
        GC.KeepAlive((x, gradient, tangent, target));
    }
}
