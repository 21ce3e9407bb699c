using System.Diagnostics;
using System.Runtime.InteropServices;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Torch.Tests.Cuda;

/// <summary>What stands in for NVRTC and the driver, compiled by g++: one library with a state of its own.</summary>
internal sealed unsafe class FakeCuda : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly nint library;

    internal FakeCuda()
    {
        string? compiler = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(
            p => Path.Combine(p, "g++")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(compiler is null, "g++ was not found: nothing can stand in for the driver.");
        string source = Path.Combine(RepositoryRoot.Find(), "tests/StyleGanSharp.Torch.Tests/Cuda/fake_cuda.cpp");
        using Process process = Process.Start(
            new ProcessStartInfo(
                compiler, ["-std=c++17", "-fPIC", "-shared", "-Wall", "-Wextra", "-Werror", source, "-o",
                    LibraryPath])
            { RedirectStandardError = true })!;
        string messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, messages);
        library = NativeLibrary.Load(LibraryPath);
    }

    /// <summary>What was called, one line each.</summary>
    internal string[] Events =>
        Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "fake_events"))())!
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Compute capability of every device.</summary>
    internal int Capability
    {
        set => ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "fake_capability"))(value);
    }

    private string LibraryPath => folder["libfake.so"];

    public void Dispose()
    {
        NativeLibrary.Free(library);
        folder.Dispose();
    }

    /// <summary>Kernels that know nothing of those made before.</summary>
    internal CudaKernels Kernels() =>
        new(() => CudaDriver.Load(LibraryPath), () => NvrtcCompiler.Load([LibraryPath]), device => 1000 + device);
}
