using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary>A native TorchScript module.</summary>
internal sealed class ScriptHandle : SafeHandle
{
    internal ScriptHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.ModuleFree(handle);
        return true;
    }
}
