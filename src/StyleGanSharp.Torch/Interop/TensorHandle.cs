using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary>
/// One native reference to a tensor. A <see cref="SafeHandle"/> because a plain pointer with a finalizer can be freed during its
/// own native call.
/// </summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>Stands for an absent tensor; arrives as NULL.</summary>
    internal static readonly TensorHandle None = new(0);

    private static long live;

    internal TensorHandle(nint pointer)
        : base(0, ownsHandle: true)
    {
        SetHandle(pointer);
        if (pointer != 0)
        {
            Interlocked.Increment(ref live);
        }
    }

    internal static long LiveCount => Interlocked.Read(ref live);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.TensorFree(handle);
        Interlocked.Decrement(ref live);
        return true;
    }
}
