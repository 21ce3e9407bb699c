using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    private static partial int sg_set_num_threads(int count);

    [LibraryImport(Library)]
    private static partial int sg_get_num_threads(out int result);

    [LibraryImport(Library, EntryPoint = "sg_parallel_for")]
    internal static partial int ParallelFor(
        long begin, long end, long grain, delegate* unmanaged<nint, long, long, int> body, nint state);

    internal static int NumThreads
    {
        get
        {
            Check(sg_get_num_threads(out int result));
            return result;
        }
        set => Check(sg_set_num_threads(value));
    }
}
