using System.Runtime.Intrinsics.X86;

namespace StyleGanSharp.Networks;

/// <summary>Where <see cref="Precision.Fast"/> is faster on the CPU; on devices: <see cref="CudaPrecision"/>.</summary>
public static class FastPrecision
{
    /// <summary>
    /// Whether this processor multiplies bfloat16 numbers (AVX512_BF16 or AMX_BF16; Intel's manual, CPUID leaf 7). Without such
    /// instructions the engine converts back and forth, which is slower than float32.
    /// </summary>
    public static bool IsNative { get; } = HasInstructions();

    /// <summary>
    /// Whether <see cref="Precision.Fast"/> is used where it is asked for: it is faster here, or <c>STYLEGAN_BFLOAT16=1</c> wants
    /// it anyway.
    /// </summary>
    public static bool IsUsed { get; } = IsNative || Environment.GetEnvironmentVariable("STYLEGAN_BFLOAT16") is "1" or "true";

    /// <summary>The precision of a resolution: <see cref="Precision.Fast"/> holds for the four highest.</summary>
    /// <param name="wanted">The network's.</param>
    /// <param name="resolution">Samples along an axis.</param>
    /// <param name="highest">The network's most.</param>
    internal static Precision At(Precision wanted, double resolution, int highest) =>
        resolution >= highest / 8.0 ? wanted : Precision.Float32;

    private static bool HasInstructions()
    {
        if (!X86Base.IsSupported || !Avx512BW.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
        {
            return false;
        }

        (int Eax, int _, int _, int edx) = X86Base.CpuId(7, 0);
        bool matrices = (edx & (1 << 22)) != 0;
        bool vectors = Eax >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;
        return matrices || vectors;
    }
}
