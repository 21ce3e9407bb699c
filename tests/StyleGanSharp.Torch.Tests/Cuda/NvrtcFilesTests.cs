using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Torch.Tests.Cuda;

public sealed class NvrtcFilesTests
{
    [Fact]
    public void Compilers_are_found_under_all_their_names_and_their_built_ins_are_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The names are those of Linux.");
        using var folder = new TemporaryFolder();
        string[] names =
            ["libnvrtc.so.12", "libnvrtc-672ee683.so.11.2", "libnvrtc-builtins.so.12.4", "libnvrtc.alt.so.12", "libtorch_cpu.so"];
        Array.ForEach(names, name => File.WriteAllText(folder[name], ""));
        Assert.Equal([folder["libnvrtc.so.12"], folder["libnvrtc-672ee683.so.11.2"]], NvrtcFiles.In(folder.Path));
        Assert.Empty(NvrtcFiles.In(folder["absent"]));
    }

    [Fact]
    public void What_is_no_compiler_is_passed_over_and_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["libnvrtc.so.12"], "no library");
        CudaException error = Assert.Throws<CudaException>(
            () => NvrtcCompiler.Load([folder["libnvrtc.so.12"], folder["absent.so"]]));
        Assert.Contains(folder["absent.so"], error.Message, StringComparison.Ordinal);
        Assert.Contains("STYLEGAN_NVRTC", error.Message, StringComparison.Ordinal);
    }
}
