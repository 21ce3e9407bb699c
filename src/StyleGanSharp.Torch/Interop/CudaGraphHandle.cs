using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary>A recording of launches on a CUDA device.</summary>
internal sealed class CudaGraphHandle : SafeHandle
{
    internal CudaGraphHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.CudaGraphFree(handle);
        return true;
    }
}
