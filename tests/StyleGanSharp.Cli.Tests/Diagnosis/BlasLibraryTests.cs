using StyleGanSharp.Cli.Diagnosis;

namespace StyleGanSharp.Cli.Tests.Diagnosis;

/// <summary>Which matrix library is recognised behind which files.</summary>
public sealed class BlasLibraryTests
{
    [Theory]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.21.so", "Ok", "OpenBLAS")]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-serial/libopenblas-r0.3.21.so", "Warning", "one thread")]
    [InlineData("/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0", "Warning", "40 times slower")]
    [InlineData("/opt/intel/mkl/lib/libmkl_core.so.2", "Ok", "Intel MKL")]
    [InlineData("/usr/lib/libtorch_cpu.so", "Ok", "inside libtorch")]
    public void The_library_is_known_by_its_file(string path, string state, string words)
    {
        Finding finding = BlasLibrary.Judge(["/usr/lib/libc.so.6", path], "no word about it");
        Assert.Equal(state, finding.State.ToString());
        Assert.Contains(words, finding.Value);
        Assert.Equal(state == "Warning", finding.Advice?.Contains("libopenblas0-pthread", StringComparison.Ordinal)
            ?? OperatingSystem.IsMacOS());
    }

    [Fact]
    public void OpenBLAS_counts_where_the_common_name_leads_to_it() => Assert.Equal(
        FindingState.Ok,
        BlasLibrary.Judge(
            ["/usr/lib/openblas-pthread/libblas.so.3", "/usr/lib/openblas-pthread/libopenblasp-r0.3.21.so"], "").State);

    [Fact]
    public void The_reference_counts_where_the_common_name_leads_to_it_whoever_else_is_loaded() => Assert.Equal(
        FindingState.Warning,
        BlasLibrary.Judge(["/usr/lib/openblas-pthread/libopenblasp-r0.3.21.so", "/usr/lib/blas/libblas.so.3.11.0"], "").State);

    [Fact]
    public void A_library_inside_libtorch_is_known_by_its_description() =>
        Assert.Contains("Intel MKL", BlasLibrary.Judge([], "Intel(R) oneAPI Math Kernel Library, USE_MKL=ON").Value);
}
