using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace StyleGanSharp.Torch.Interop;

/// <summary>
/// The kernels that OpenBLAS should take. It knows Intel's processors by their numbers, and multiplies with four lanes on one
/// that is younger than itself, whatever that one could do.
/// </summary>
internal static class OpenBlasKernels
{
    /// <summary>
    /// OpenBLAS's name of the newest kernels that this processor has the instructions for; null: OpenBLAS finds them itself.
    /// </summary>
    internal static string? ForThisProcessor() => !X86Base.IsSupported || Maker() != "GenuineIntel" ? null
        : Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported ? "SkylakeX"
        : Avx2.IsSupported && Fma.IsSupported ? "Haswell"
        : null;

    // Intel's manual, volume 2A, CPUID leaf 0: twelve letters in three registers.
    private static string Maker()
    {
        (int _, int ebx, int ecx, int edx) = X86Base.CpuId(0, 0);
        ReadOnlySpan<int> letters = [ebx, edx, ecx];
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes(letters));
    }
}
