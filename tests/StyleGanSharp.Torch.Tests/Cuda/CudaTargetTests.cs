using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Torch.Tests.Cuda;

public sealed class CudaTargetTests
{
    private static readonly int[] Known = [50, 60, 70, 75, 80, 86, 89, 90];

    [Theory]
    [InlineData(70, "--gpu-architecture=sm_70")]
    [InlineData(90, "--gpu-architecture=sm_90")]
    [InlineData(87, "--gpu-architecture=compute_86")]  // between two that are known
    [InlineData(120, "--gpu-architecture=compute_90")] // newer than the compiler
    public void Machine_code_where_the_device_is_known_else_what_the_driver_translates(int capability, string option) =>
        Assert.Equal(option, CudaTarget.For(capability, Known).Option);

    [Fact]
    public void A_device_older_than_everything_known_is_refused_with_its_version() =>
        Assert.Contains("3.5", Assert.Throws<CudaException>(() => CudaTarget.For(35, Known)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(256, 1)]
    [InlineData(257, 2)]
    [InlineData(1L << 40, 1 << 16)]
    public void Threads_suffice_for_all_elements_or_take_several(long elements, int blocks) =>
        Assert.Equal(new CudaLaunch(blocks, 256), CudaLaunch.ForElements(elements));
}
