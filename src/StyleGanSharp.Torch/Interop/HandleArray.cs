using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary>
/// An array of tensor references for one native call: every handle is held from construction to <see cref="Dispose"/>. (The
/// marshalling generator rejects arrays of safe handles.)
/// </summary>
internal unsafe ref struct HandleArray : IDisposable
{
    private readonly ReadOnlySpan<Tensor?> tensors;
    private readonly nint* pointers;
    private int held;

    internal HandleArray(ReadOnlySpan<Tensor?> tensors)
    {
        this.tensors = tensors;
        pointers = (nint*)NativeMemory.Alloc((nuint)Math.Max(tensors.Length, 1), (nuint)sizeof(nint));
        try
        {
            for (; held < tensors.Length; held++)
            {
                bool added = false;
                tensors[held]?.Handle.DangerousAddRef(ref added);
                pointers[held] = tensors[held]?.Handle.DangerousGetHandle() ?? 0;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal readonly nint* Pointer => pointers;

    internal readonly int Length => tensors.Length;

    public void Dispose()
    {
        while (held > 0)
        {
            tensors[--held]?.Handle.DangerousRelease();
        }

        NativeMemory.Free(pointers);
    }
}
