using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    private static partial int sg_memory_keep(long limit);

    [LibraryImport(Library)]
    private static partial int sg_memory_release();

    [LibraryImport(Library)]
    private static partial int sg_memory_kept(out long result);

    internal static void MemoryKeep(long limit) => Check(sg_memory_keep(limit));

    internal static void MemoryRelease() => Check(sg_memory_release());

    internal static long MemoryKept()
    {
        Check(sg_memory_kept(out long result));
        return result;
    }
}
