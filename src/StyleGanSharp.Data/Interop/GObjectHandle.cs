using System.Runtime.InteropServices;

namespace StyleGanSharp.Data.Interop;

/// <summary>One owned reference to a GObject (a libvips image or operation).</summary>
internal sealed class GObjectHandle : SafeHandle
{
    public GObjectHandle()
        : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    public GObjectHandle(IntPtr owned)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        SetHandle(owned);
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        GObject.Unref(handle);
        return true;
    }
}
