using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch;

/// <summary>
/// Main memory kept for tensors: freed CPU tensors make room for the next ones instead of going back to the system, which would
/// hand the memory out again page by page.
/// </summary>
public static class TensorMemory
{
    /// <summary>Bytes that no tensor uses but that are kept for the next ones, at most.</summary>
    public static long Kept => Native.MemoryKept();

    /// <summary>Gives everything kept back to the system: for long-lived programs after a phase that needed much.</summary>
    public static void Release() => Native.MemoryRelease();

    // Only addresses are reserved; as many as there is memory.
    internal static void Start() => Native.MemoryKeep(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
