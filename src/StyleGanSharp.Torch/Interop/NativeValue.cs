using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary><c>sg_value</c>: one argument or result of an operator, 24 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct NativeValue
{
    [FieldOffset(0)] public NativeTag Tag;
    [FieldOffset(8)] public long Length;
    [FieldOffset(16)] public long Integer;
    [FieldOffset(16)] public double Real;
    [FieldOffset(16)] public nint Pointer;
}
