using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary>One native reference to a process group.</summary>
internal sealed class GroupHandle : SafeHandle
{
    internal GroupHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.GroupFree(handle);
        return true;
    }
}
