using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Tests;

/// <summary>What the loaded OpenBLAS multiplies with.</summary>
public sealed class OpenBlasKernelsTests
{
    private static readonly string[] Narrow = ["Prescott", "Core2", "Penryn", "Nehalem", "Katmai", "generic"];

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint CoreName();

    [Fact]
    public void The_library_uses_the_lanes_that_the_processor_has()
    {
        Assert.SkipUnless(Avx2.IsSupported && Fma.IsSupported, "This processor has no AVX2.");
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") is null or "", "OPENBLAS_CORETYPE names the kernels.");
        TorchLibrary.Load();
        bool found = NativeLibrary.TryLoad("libopenblas.so.0", out nint library);
        Assert.SkipUnless(found, "There is no libopenblas.so.0.");
        Assert.True(NativeLibrary.TryGetExport(library, "openblas_get_corename", out nint function));
        string? name = Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<CoreName>(function)());
        Assert.DoesNotContain(name, Narrow, StringComparer.OrdinalIgnoreCase);
        if (OpenBlasKernels.ForThisProcessor() is string wanted)
        {
            Assert.Equal(wanted, name, ignoreCase: true);
        }
    }
}
