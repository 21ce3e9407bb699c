using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StyleGanSharp.Data.Interop;

/// <summary>libvips: the library as a whole (start, limits, statistics, errors).</summary>
internal static unsafe partial class Vips
{
    private static readonly Lazy<int> Started = new(Start);

    /// <summary>Starts the library once per process; later calls cost a field read.</summary>
    /// <exception cref="DllNotFoundException">libvips or one of its GLib libraries is not installed.</exception>
    /// <exception cref="InvalidOperationException">libvips refused to start; the message is its own.</exception>
    public static void EnsureStarted() => _ = Started.Value;

    /// <summary>Takes the library's error text and clears it. The buffer is shared by all threads.</summary>
    /// <returns>The first line, without a final stop; empty when there was none.</returns>
    public static string TakeError()
    {
        byte* text = ErrorBufferCopy();
        try
        {
            string all = Marshal.PtrToStringUTF8((IntPtr)text) ?? "";
            return all.Split('\n', 2)[0].Trim().TrimEnd('.');
        }
        finally
        {
            GObject.Free(text);
        }
    }

    private static int Start()
    {
        NativeLibraries.Register();
        if (Init("stylegan") != 0)
        {
            throw new InvalidOperationException($"libvips did not start: {TakeError()}.");
        }

        // Every image is used once: a cache of operations would only keep pixels alive.
        CacheSetMax(0);

        // Decoders print their warnings to standard error by default; what matters arrives as an error.
        GObject.SetLogHandler("VIPS", GObject.LogWarningAndBelow, &IgnoreLog, null);
        return VersionPart(0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void IgnoreLog(byte* domain, int level, byte* message, void* data)
    {
    }

    /// <summary>Returns 0, or -1 with an error text.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Init(string programName);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_cache_set_max")]
    private static partial void CacheSetMax(int operations);

    /// <summary>Returns a copy that the caller frees with g_free.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_error_buffer_copy")]
    private static partial byte* ErrorBufferCopy();

    /// <summary>0 = major, 1 = minor, 2 = micro.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_version")]
    public static partial int VersionPart(int part);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_concurrency_get")]
    public static partial int GetConcurrency();

    /// <summary>0 restores the default (the number of processors).</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_concurrency_set")]
    public static partial void SetConcurrency(int threads);

    /// <summary>Pixel buffers that are allocated now.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_tracked_get_allocs")]
    public static partial int TrackedAllocations();

    /// <summary>Bytes of pixel buffers that are allocated now.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_tracked_get_mem")]
    public static partial nuint TrackedBytes();
}
