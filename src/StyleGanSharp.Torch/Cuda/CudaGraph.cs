using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Cuda;

/// <summary>
/// Launches on a CUDA device, recorded once and then repeated as a whole: the processor's part of a computation (one call per
/// operator) is paid once. Tensors read and written by the recording keep their places in memory.
/// </summary>
public sealed class CudaGraph : IDisposable
{
    private readonly CudaGraphHandle handle;

    private CudaGraph(CudaGraphHandle handle) => this.handle = handle;

    /// <summary>Whether this libtorch and its shim can record.</summary>
    public static bool IsAvailable => Native.CudaAvailable();

    /// <summary>Records what a computation launches; nothing of it is carried out yet.</summary>
    /// <param name="device">A CUDA device.</param>
    /// <param name="body">
    /// Must not wait for the device, nor copy to or from the main memory, and must have run before: kernels are loaded and
    /// algorithms chosen outside of a recording.
    /// </param>
    /// <exception cref="TorchException">
    /// No device, or <paramref name="body"/> did what cannot be recorded; nothing stays recorded.
    /// </exception>
    public static CudaGraph Capture(Device device, Action body)
    {
        ArgumentNullException.ThrowIfNull(body);
        CudaGraphHandle handle = Native.CudaGraphBegin(device.Index);
        try
        {
            body();
            Native.CudaGraphEnd(handle);
            return new CudaGraph(handle);
        }
        catch
        {
            handle.Dispose(); // Ends the recording.
            throw;
        }
    }

    /// <summary>Queues everything recorded on the current stream.</summary>
    public void Replay() => Native.CudaGraphReplay(handle);

    /// <summary>Frees the recording and the memory of its temporaries.</summary>
    public void Dispose() => handle.Dispose();
}
