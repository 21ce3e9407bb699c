using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    private static partial int sg_cuda_available(out int result);

    [LibraryImport(Library)]
    private static partial int sg_cuda_stream(int index, out nint result);

    [LibraryImport(Library)]
    private static partial int sg_cuda_graph_begin(int index, out nint result);

    [LibraryImport(Library)]
    private static partial int sg_cuda_graph_end(CudaGraphHandle graph);

    [LibraryImport(Library)]
    private static partial int sg_cuda_graph_replay(CudaGraphHandle graph);

    [LibraryImport(Library, EntryPoint = "sg_cuda_graph_free")]
    internal static partial void CudaGraphFree(nint graph);

    internal static bool CudaAvailable()
    {
        Check(sg_cuda_available(out int result));
        return result != 0;
    }

    internal static nint CudaStream(int index)
    {
        Check(sg_cuda_stream(index, out nint result));
        return result;
    }

    internal static CudaGraphHandle CudaGraphBegin(int index)
    {
        Check(sg_cuda_graph_begin(index, out nint result));
        return new CudaGraphHandle(result);
    }

    internal static void CudaGraphEnd(CudaGraphHandle graph) => Check(sg_cuda_graph_end(graph));

    internal static void CudaGraphReplay(CudaGraphHandle graph) => Check(sg_cuda_graph_replay(graph));
}
