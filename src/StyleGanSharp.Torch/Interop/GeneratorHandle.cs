using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary>One native reference to a random generator.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    internal GeneratorHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.GeneratorFree(handle);
        return true;
    }
}
