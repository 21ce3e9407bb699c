using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>
/// The kernels of the <c>.cu</c> files, compiled for the processor by g++ and run on tensors in main memory, with the launches
/// and parameters that a device would get.
/// </summary>
public sealed unsafe partial class EmulatedKernels : ICudaKernels, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<CudaSource, Lazy<nint>> libraries = new();

    /// <summary>The library of a source.</summary>
    internal nint Library(CudaSource source) => libraries.GetOrAdd(source, s => new Lazy<nint>(() => Compile(s))).Value;

    public bool Accepts(CudaSource source, Device device) => true;

    public void Launch<T>(CudaSource source, string kernel, Device device, CudaLaunch launch, in T arguments)
        where T : unmanaged
    {
        Assert.Equal(Device.Cpu.Type, device.Type);
        nint library = Library(source);
        Assert.Equal(sizeof(T), ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, $"size_of_{kernel}"))());
        var run = (delegate* unmanaged<uint, uint, uint, void*, int>)NativeLibrary.GetExport(library, $"emulate_{kernel}");
        fixed (T* pointer = &arguments)
        {
            int status = run((uint)launch.Blocks, (uint)launch.Threads, (uint)launch.SharedBytes, pointer);
            Assert.True(status == 0,
                $"{kernel}: {(status == 1 ? "threads missed a barrier" : "wrote beyond the shared memory")}");
        }
    }

    public void Dispose()
    {
        foreach (Lazy<nint> library in libraries.Values.Where(l => l.IsValueCreated))
        {
            NativeLibrary.Free(library.Value);
        }

        folder.Dispose();
    }

    /// <summary>Skips the test where there is no g++.</summary>
    internal static void RequireCompiler() =>
        Assert.SkipUnless(Find("g++") is not null, "g++ was not found: the kernels cannot be compiled for the processor.");

    /// <summary>A program in the search path.</summary>
    internal static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program and returns its messages; fails with them where it does.</summary>
    internal static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string messages = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, messages);
        return messages;
    }

    // ELEMENT comes as an option of NVRTC.
    private nint Compile(CudaSource source)
    {
        var text = new StringBuilder("#include \"host_emulation.h\"\n");
        foreach (string option in source.Options)
        {
            Match macro = MacroPattern().Match(option);
            Assert.True(macro.Success, option);
            text.Append($"#define {macro.Groups[1].Value} {macro.Groups[2].Value}\n");
        }

        text.Append(source.Text);
        foreach (Match kernel in KernelPattern().Matches(source.Text))
        {
            text.Append($"\nEMULATE({kernel.Groups[1].Value}, {kernel.Groups[2].Value})");
        }

        string file = folder[$"{source.Name}.cpp"], library = folder[$"{source.Name}.so"];
        File.WriteAllText(file, text.Append('\n').ToString());
        string headers = Path.Combine(RepositoryRoot.Find(), "tests/StyleGanSharp.Networks.Tests/Ops/Cuda");
        Run("g++", "-std=c++17", "-O1", "-fPIC", "-shared", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-I", headers,
            file, "-o", library);
        return NativeLibrary.Load(library);
    }

    [GeneratedRegex(@"^--define-macro=(\w+)=(\w+)$")]
    private static partial Regex MacroPattern();

    [GeneratedRegex(@"extern ""C"" __global__ void (\w+)\((\w+) ")]
    private static partial Regex KernelPattern();
}
