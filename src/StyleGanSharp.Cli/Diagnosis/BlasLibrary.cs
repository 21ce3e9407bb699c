using System.Runtime.InteropServices;

namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>
/// Finds out which library multiplies matrices. Debian's libtorch takes whatever libblas.so.3 leads to, and the reference library
/// there is a few percent as fast as OpenBLAS.
/// </summary>
internal static class BlasLibrary
{
    private static readonly (string Part, string Name)[] Known =
    [
        ("libopenblas", "OpenBLAS"), ("libmkl", "Intel MKL"), ("libblis", "BLIS"), ("libatlas", "ATLAS"),
    ];

    // Debian keeps each maker's libblas.so.3 in a folder of its own; the one of the reference is called just "blas".
    private static readonly string[] Makers = ["openblas", "mkl", "blis", "atlas"];

    /// <param name="libraries">Paths of the loaded libraries.</param>
    /// <param name="configuration">libtorch's own description.</param>
    internal static Finding Judge(IReadOnlyList<string> libraries, string configuration)
    {
        // libtorch takes its products from libblas.so.3, whoever else may have brought OpenBLAS along (LAPACK does).
        string? common = libraries.FirstOrDefault(l => Path.GetFileName(l).StartsWith("libblas.so", StringComparison.Ordinal));
        if (common is not null && !Makers.Any(maker => common.Contains(maker, StringComparison.Ordinal)))
        {
            return Finding.Warning("blas", $"the reference BLAS ({common}), about 40 times slower than OpenBLAS", Pthread);
        }

        foreach ((string part, string name) in Known)
        {
            if (libraries.FirstOrDefault(l => Path.GetFileName(l).StartsWith(part, StringComparison.Ordinal)) is string path)
            {
                return path.Contains("serial", StringComparison.Ordinal)
                    ? Finding.Warning("blas", $"{name} for one thread ({path})", Pthread)
                    : Finding.Ok("blas", $"{name}{Kernels(path)} ({path})");
            }
        }

        // Other builds of libtorch carry their library inside.
        return configuration.Contains("MKL", StringComparison.Ordinal) ? Finding.Ok("blas", "Intel MKL (inside libtorch)")
            : OperatingSystem.IsMacOS() ? Finding.Ok("blas", "Accelerate")
            : Finding.Ok("blas", "inside libtorch");
    }

    // OpenBLAS chooses among kernels when it is loaded, and says which.
    private static string Kernels(string path)
    {
        if (!NativeLibrary.TryLoad(path, out nint library)
            || !NativeLibrary.TryGetExport(library, "openblas_get_corename", out nint function))
        {
            return "";
        }

        string? name = Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<CoreName>(function)());
        return string.IsNullOrEmpty(name) ? "" : $" with {name} kernels";
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint CoreName();

    private static string Pthread => InstallAdvice.For(
        "libopenblas0-pthread", "openblas", "install OpenBLAS with threads (Debian's package is libopenblas0-pthread)");
}
