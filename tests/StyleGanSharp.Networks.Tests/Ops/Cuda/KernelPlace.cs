using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>Where kernels run in a test: emulated in main memory, or on a device.</summary>
/// <param name="Kernels">What launches.</param>
/// <param name="Device">Where their tensors lie.</param>
internal sealed record KernelPlace(ICudaKernels Kernels, Device Device)
{
    /// <summary>The first device of this machine; skips the test where there is none.</summary>
    internal static KernelPlace RequireDevice()
    {
        Assert.SkipWhen(Device.CudaCount == 0, "libtorch sees no CUDA device.");
        return new KernelPlace(CudaKernels.Shared, new Device(DeviceType.Cuda, 0));
    }

    /// <summary>The same elements there.</summary>
    internal Tensor Put(Tensor x) => x.To(Device);

    /// <summary>The same elements there; null stays.</summary>
    internal Tensor? PutOrNull(Tensor? x) => x?.To(Device);
}
