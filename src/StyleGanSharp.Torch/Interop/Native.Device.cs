using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    private static partial int sg_cuda_device_count(out int result);

    [LibraryImport(Library)]
    private static partial int sg_cuda_synchronize(int index);

    [LibraryImport(Library)]
    private static partial int sg_cuda_settings_set(int tf32, int benchmark, int deterministic);

    [LibraryImport(Library)]
    private static partial int sg_cuda_settings_get(out int tf32, out int benchmark, out int deterministic);

    [LibraryImport(Library)]
    private static partial int sg_configuration(out nint result);

    internal static int CudaDeviceCount()
    {
        Check(sg_cuda_device_count(out int result));
        return result;
    }

    internal static void CudaSynchronize(int index) => Check(sg_cuda_synchronize(index));

    internal static void SetCudaSettings(bool tf32, bool benchmark, bool deterministic) =>
        Check(sg_cuda_settings_set(tf32 ? 1 : 0, benchmark ? 1 : 0, deterministic ? 1 : 0));

    internal static (bool Tf32, bool Benchmark, bool Deterministic) GetCudaSettings()
    {
        Check(sg_cuda_settings_get(out int tf32, out int benchmark, out int deterministic));
        return (tf32 != 0, benchmark != 0, deterministic != 0);
    }

    internal static string Configuration()
    {
        Check(sg_configuration(out nint text));
        return TakeText(text);
    }
}
