using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch;

/// <summary>Loops on libtorch's own thread pool, so that kernels written here do not fight its workers for the cores.</summary>
public static unsafe class TorchParallel
{
    /// <summary>Calls <paramref name="body"/> for consecutive parts [begin, end) of a range, at least <paramref name="grain"/> each.</summary>
    /// <exception cref="TorchException">A part threw; the inner exception is the first one.</exception>
    public static void For(long begin, long end, long grain, Action<long, long> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan(grain, 1);
        var loop = new Loop(body);
        GCHandle handle = GCHandle.Alloc(loop);
        try
        {
            int status = Native.ParallelFor(begin, end, grain, &Run, GCHandle.ToIntPtr(handle));
            if (loop.Failure is not null)
            {
                throw new TorchException($"A parallel loop failed: {loop.Failure.Message}", loop.Failure);
            }

            Native.Check(status);
        }
        finally
        {
            handle.Free();
        }
    }

    [UnmanagedCallersOnly]
    private static int Run(nint state, long begin, long end)
    {
        var loop = Unsafe.As<Loop>(GCHandle.FromIntPtr(state).Target!);
        try
        {
            loop.Body(begin, end);
            return 0;
        }
        catch (Exception e) // Nothing may cross the native frames; the caller rethrows it.
        {
            Interlocked.CompareExchange(ref loop.Failure, e, null);
            Native.SetError(e.Message);
            return 1;
        }
    }

    private sealed class Loop(Action<long, long> body)
    {
        public readonly Action<long, long> Body = body;
        public Exception? Failure;
    }
}
