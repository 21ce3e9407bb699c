using System.Runtime.InteropServices;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Torch.Tests.Cuda;

/// <summary>How NVRTC and the driver are called, with a library that stands in for both.</summary>
[Collection(nameof(CudaKernels))] // The folder and the warning are the process's.
public sealed class CudaKernelsTests : IDisposable
{
    private static readonly Device Second = new(DeviceType.Cuda, 1);

    private readonly TemporaryFolder cache = new();
    private readonly List<string> warnings = [];
    private readonly CudaSource source = new("kernel-name", "the text", "--define-macro=A=1");

    public CudaKernelsTests()
    {
        CudaKernels.CacheFolder = cache.Path;
        CudaKernels.Warning = warnings.Add;
    }

    public void Dispose()
    {
        CudaKernels.CacheFolder = null;
        CudaKernels.Warning = null;
        cache.Dispose();
    }

    [Fact]
    public void A_kernel_is_compiled_for_the_device_loaded_and_launched_with_its_parameter_on_the_stream()
    {
        using var cuda = new FakeCuda();
        CudaKernels kernels = cuda.Kernels();
        Assert.True(kernels.Accepts(source, Second));
        kernels.Launch(source, "entry", Second, new CudaLaunch(7, 64, 512), new Parameters { First = 42, Second = 0.5f });
        kernels.Launch(source, "entry", Second, new CudaLaunch(1, 32), new Parameters { First = -1, Second = 2 });
        Assert.Equal(
            [
                "retain 101",
                "create kernel-name.cu",
                "compile --gpu-architecture=sm_90 --std=c++17 --define-macro=A=1",
                "destroy",
                "load code of the text for --gpu-architecture=sm_90 --std=c++17 --define-macro=A=1",
                "function entry",
                "launch 7 x 64, shared 512, stream 1001, parameters 42 0.500000",
                "launch 1 x 32, shared 0, stream 1001, parameters -1 2.000000",
            ],
            cuda.Events);
        Assert.Empty(warnings);
    }

    [Fact]
    public void The_capability_is_what_the_driver_says()
    {
        using var cuda = new FakeCuda { Capability = 75 };
        Assert.Equal(75, cuda.Kernels().Capability(Second));
    }

    [Fact]
    public void Devices_newer_than_the_compiler_get_what_their_driver_translates()
    {
        using var cuda = new FakeCuda { Capability = 120 };
        Assert.True(cuda.Kernels().Accepts(source, Second));
        Assert.Contains("load PTX code of the text for --gpu-architecture=compute_90 --std=c++17 --define-macro=A=1",
            cuda.Events);
    }

    [Fact]
    public void What_one_process_compiled_the_next_one_only_loads()
    {
        using var cuda = new FakeCuda();
        Assert.True(cuda.Kernels().Accepts(source, Second));
        Assert.True(cuda.Kernels().Accepts(source, Second));
        Assert.Equal(2, Count(cuda, "load code of the text"));
        Assert.Equal(1, Count(cuda, "compile"));

        string file = Assert.Single(Directory.GetFiles(cache.Path));
        File.WriteAllText(file, "not ours");
        Assert.True(cuda.Kernels().Accepts(source, Second));
        Assert.True(cuda.Kernels().Accepts(source, Second));
        Assert.Equal(2, Count(cuda, "compile"));
    }

    [Fact]
    public void A_source_with_errors_is_refused_with_the_compilers_words_once()
    {
        using var cuda = new FakeCuda();
        CudaKernels kernels = cuda.Kernels();
        var broken = new CudaSource("broken", "nonsense");
        Assert.False(kernels.Accepts(broken, Second));
        Assert.False(kernels.Accepts(broken, Second));
        Assert.False(kernels.Accepts(new CudaSource("other", "more nonsense"), Second));
        string warning = Assert.Single(warnings);
        Assert.Contains("line 3: nonsense", warning, StringComparison.Ordinal);
        Assert.Contains("broken", warning, StringComparison.Ordinal);
        Assert.Equal(2, Count(cuda, "compile"));
        Assert.Equal(2, Count(cuda, "destroy"));
        Assert.Empty(Directory.GetFiles(cache.Path));
        Assert.True(kernels.Accepts(source, Second)); // Others are not concerned.
        Assert.Throws<CudaException>(() => kernels.Launch(broken, "entry", Second, new CudaLaunch(1, 32), 0L));
    }

    [Fact]
    public void What_the_driver_refuses_is_said_in_its_words()
    {
        using var cuda = new FakeCuda();
        CudaException error = Assert.Throws<CudaException>(
            () => cuda.Kernels().Launch(source, "absent", Second, new CudaLaunch(1, 32), default(Parameters)));
        Assert.Contains("absent", error.Message, StringComparison.Ordinal);
        Assert.Contains("the fake driver refused", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_that_come_at_once_share_one_module()
    {
        using var cuda = new FakeCuda();
        CudaKernels kernels = cuda.Kernels();
        Parallel.For(0, 16, _ => Assert.True(kernels.Accepts(source, Second)));
        Assert.Equal(1, Count(cuda, "compile"));
        Assert.Equal(1, Count(cuda, "load"));
    }

    [Fact]
    public void A_missing_driver_is_named()
    {
        CudaException error = Assert.Throws<CudaException>(() => CudaDriver.Load(cache["libcuda.so.1"]));
        Assert.Contains("libcuda.so.1", error.Message, StringComparison.Ordinal);
    }

    private static int Count(FakeCuda cuda, string begin) =>
        cuda.Events.Count(e => e.StartsWith(begin, StringComparison.Ordinal));

    [StructLayout(LayoutKind.Sequential)]
    private struct Parameters
    {
        internal long First;
        internal float Second;
    }
}
