using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary>One native reference to a collective operation on its way.</summary>
internal sealed class WorkHandle : SafeHandle
{
    internal WorkHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.WorkFree(handle);
        return true;
    }
}
