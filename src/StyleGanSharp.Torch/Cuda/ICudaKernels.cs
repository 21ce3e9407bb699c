namespace StyleGanSharp.Torch.Cuda;

/// <summary>What can launch kernels of our own: the devices themselves, or whatever stands in for them in tests.</summary>
public interface ICudaKernels
{
    /// <summary>
    /// Whether the kernels of a source can be launched on a device; compiles and loads them where that was not yet done.
    /// </summary>
    bool Accepts(CudaSource source, Device device);

    /// <summary>Queues a kernel on the current stream of a device.</summary>
    /// <typeparam name="T">The only parameter of the kernel: a structure laid out like the one in its source.</typeparam>
    /// <param name="source">A source that <see cref="Accepts"/>.</param>
    /// <param name="kernel">Name of the kernel in it.</param>
    /// <param name="device">Where its tensors lie.</param>
    /// <param name="launch">Number of threads.</param>
    /// <param name="arguments">
    /// Copied before this returns. What its addresses point to belongs to tensors that live at least as long.
    /// </param>
    /// <exception cref="CudaException">The driver refused.</exception>
    void Launch<T>(CudaSource source, string kernel, Device device, CudaLaunch launch, in T arguments)
        where T : unmanaged;
}
