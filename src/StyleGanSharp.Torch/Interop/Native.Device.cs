using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    private static partial int sg_cuda_device_count(out int result);

    [LibraryImport(Library)]
    private static partial int sg_cuda_synchronize(int index);

    [LibraryImport(Library)]
    private static partial int sg_configuration(out nint result);

    internal static int CudaDeviceCount()
    {
        Check(sg_cuda_device_count(out int result));
        return result;
    }

    internal static void CudaSynchronize(int index) => Check(sg_cuda_synchronize(index));

    internal static string Configuration()
    {
        Check(sg_configuration(out nint text));
        return TakeText(text);
    }
}
