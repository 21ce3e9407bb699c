using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>Whether and by what our CUDA kernels are used.</summary>
internal static class CudaOperators
{
    /// <summary>What launches them.</summary>
    internal static ICudaKernels Kernels => CudaKernels.Shared;

    /// <summary>Whether the kernels of a file work on a tensor.</summary>
    internal static bool Accepts(string file, Tensor x) =>
        x.Device is { Type: DeviceType.Cuda } device && FastOps.Enabled && x.Count > 0 && CudaSources.Elements.Contains(x.DType)
        && Kernels.Accepts(CudaSources.Of(file, x.DType), device);

    /// <summary>Whether a further operand suits, too; an absent one does.</summary>
    internal static bool Suits(Tensor? operand, Tensor x) =>
        operand is null || (operand.DType == x.DType && operand.Device == x.Device);
}
