using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>The widest lanes of this processor, or narrower ones where a test asks for them.</summary>
internal static class SimdWidth
{
    /// <summary>Bits of the lanes in use: 512, 256 or 128.</summary>
    internal static int Bits { get; private set; } = Supported;

    /// <summary>Bits of the widest lanes this processor has.</summary>
    internal static int Supported =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported
            ? 512 : Vector256.IsHardwareAccelerated && Avx2.IsSupported ? 256 : 128;

    /// <summary>Runs with narrower lanes than there are. For tests that run alone: it holds for the whole process.</summary>
    internal static IDisposable Force(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, Supported);
        var before = new Restore(Bits);
        Bits = bits;
        return before;
    }

    private sealed class Restore(int bits) : IDisposable
    {
        public void Dispose() => Bits = bits;
    }
}
