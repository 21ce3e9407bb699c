using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch;

/// <summary>
/// Main memory kept for tensors: blocks of freed CPU tensors serve the next ones instead of going back to the system, which
/// would hand them out again page by page.
/// </summary>
public static class TensorMemory
{
    /// <summary>Share of the machine's memory that is kept at most.</summary>
    private const int Share = 4;

    /// <summary>Bytes kept at the moment.</summary>
    public static long Kept => Native.MemoryKept();

    /// <summary>Limits what is kept; 0 keeps nothing.</summary>
    /// <param name="bytes">Not negative.</param>
    public static void KeepUpTo(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Native.MemoryKeep(bytes);
        if (Native.MemoryKept() > bytes)
        {
            Native.MemoryRelease();
        }
    }

    /// <summary>Gives everything kept back to the system.</summary>
    public static void Release() => Native.MemoryRelease();

    internal static void Start() => Native.MemoryKeep(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Share);
}
