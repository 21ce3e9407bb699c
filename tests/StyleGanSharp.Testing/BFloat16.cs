using System.Runtime.Intrinsics.X86;
using Xunit;

namespace StyleGanSharp.Testing;

/// <summary>What convolutions in bfloat16 need of the processor, with instructions for them or without.</summary>
public static class BFloat16
{
    /// <summary>Skips a test where there are none.</summary>
    public static void Require() =>
        Assert.SkipUnless(
            Avx512BW.IsSupported, "this processor has no AVX-512 (BW), without which the engine has no bfloat16 convolutions");
}
