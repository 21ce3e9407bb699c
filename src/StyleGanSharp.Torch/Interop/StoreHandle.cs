using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary>One native reference to a store.</summary>
internal sealed class StoreHandle : SafeHandle
{
    internal StoreHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.StoreFree(handle);
        return true;
    }
}
