using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch;

/// <summary>Loops on libtorch's own thread pool, so that kernels written here do not fight its workers for the cores.</summary>
public static unsafe class TorchParallel
{
    /// <summary>
    /// Calls <paramref name="body"/> for consecutive parts [begin, end) of a range, at least <paramref name="grain"/> each.
    /// </summary>
    /// <exception cref="TorchException">A part threw; the inner exception is the first one.</exception>
    public static void For(long begin, long end, long grain, Action<long, long> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan(grain, 1);
        GCHandle handle = GCHandle.Alloc(body);
        try
        {
            Native.Check(Native.ParallelFor(begin, end, grain, &Run, GCHandle.ToIntPtr(handle)));
        }
        finally
        {
            handle.Free();
        }
    }

    [UnmanagedCallersOnly]
    private static int Run(nint state, long begin, long end)
    {
        var body = Unsafe.As<Action<long, long>>(GCHandle.FromIntPtr(state).Target!);
        try
        {
            body(begin, end);
            return Native.Ok;
        }
        catch (Exception e) // Nothing may cross the native frames; the failing call of For throws it on.
        {
            return Native.Fail($"a part of a parallel loop failed: {e.Message}", e);
        }
    }
}
