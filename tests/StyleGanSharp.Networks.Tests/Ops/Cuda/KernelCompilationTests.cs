using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>Every source passes compilers of device code. Neither needs a device.</summary>
public sealed class KernelCompilationTests
{
    // What CUDA's headers and the run-time compiler declare by themselves.
    private const string Builtins = """
        #define __device__ __attribute__((device))
        #define __global__ __attribute__((global))
        #define __shared__ __attribute__((shared))
        struct Dimensions { unsigned x, y, z; };
        extern __device__ const Dimensions blockIdx, threadIdx, blockDim, gridDim;
        __device__ void __syncthreads();
        __device__ float expf(float);
        __device__ float expm1f(float);
        __device__ float tanhf(float);
        __device__ float log1pf(float);

        """;

    public static TheoryData<string, DType> Sources
    {
        get
        {
            var sources = new TheoryData<string, DType>();
            foreach (string file in CudaSources.Files)
            {
                foreach (DType element in CudaSources.Elements)
                {
                    sources.Add(file, element);
                }
            }

            return sources;
        }
    }

    [Theory, MemberData(nameof(Sources))]
    public void Nvrtc_compiles_every_source(string file, DType element)
    {
        NvrtcCompiler compiler = RequireNvrtc();
        foreach (int capability in compiler.Capabilities.Where(c => c is 70 or 80 or 90))
        {
            Assert.NotEmpty(compiler.Compile(CudaSources.Of(file, element), new CudaTarget(capability, IsBinary: true)));
            Assert.NotEmpty(compiler.Compile(CudaSources.Of(file, element), new CudaTarget(capability, IsBinary: false)));
        }
    }

    [Fact]
    public void Nvrtc_says_what_is_wrong_with_a_source()
    {
        NvrtcCompiler compiler = RequireNvrtc();
        var source = new CudaSource("broken", "#line 1 \"broken.cu\"\nint f() { return nothing; }");
        CudaException error = Assert.Throws<CudaException>(
            () => compiler.Compile(source, new CudaTarget(compiler.Capabilities.Max(), IsBinary: true)));
        Assert.Contains("nothing", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Sources))]
    public void Clang_compiles_every_source_for_a_device(string file, DType element)
    {
        string? clang = ((string[])["clang++", "clang", "clang-19", "clang-16", "clang-14"]).Select(EmulatedKernels.Find)
            .FirstOrDefault(f => f is not null);
        Assert.SkipWhen(clang is null, "clang was not found: only NVRTC can compile for a device.");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["kernel.cu"], Builtins + CudaSources.Text(file));
        EmulatedKernels.Run(
            clang, "-x", "cuda", "--cuda-device-only", "--cuda-gpu-arch=sm_70", "-nocudainc", "-nocudalib", "-std=c++17", "-O2",
            "-Wall", "-S",
            $"-DELEMENT={CudaSources.Number(element)}", folder["kernel.cu"], "-o", folder["kernel.ptx"]);
        Assert.Contains($".entry {file}", File.ReadAllText(folder["kernel.ptx"]), StringComparison.Ordinal);
    }

    private static NvrtcCompiler RequireNvrtc()
    {
        try
        {
            return NvrtcCompiler.Load();
        }
        catch (CudaException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
