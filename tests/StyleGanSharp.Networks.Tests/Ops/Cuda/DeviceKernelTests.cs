using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>The same cases on a device, compiled by NVRTC and launched by the driver.</summary>
[Trait("Kind", "Gpu")]
public sealed class DeviceKernelTests
{
    [Fact]
    public void Every_source_can_be_launched()
    {
        KernelPlace place = KernelPlace.RequireDevice();
        Assert.All(
            CudaSources.Files.SelectMany(f => CudaSources.Elements, CudaSources.Of),
            source => Assert.True(place.Kernels.Accepts(source, place.Device), source.Name));
    }

    [Fact]
    public void Bias_act_equals_the_definition() => All(BiasActCase.Count, (place, i) => new BiasActCase(i).Check(place));

    [Fact]
    public void Upfirdn2d_equals_the_definition() => All(UpFirDn2dCase.Count, (place, i) => new UpFirDn2dCase(i).Check(place));

    [Fact]
    public void Filtered_lrelu_equals_the_definition() =>
        All(FilteredLreluCase.Count, (place, i) => new FilteredLreluCase(i).Check(place));

    [Fact]
    public void Style_epilogue_equals_the_definition() =>
        All(StyleEpilogueCase.Count, (place, i) => new StyleEpilogueCase(i).Check(place));

    [Theory]
    [InlineData(DType.Float16, 1.0 / (1 << 11))]
    [InlineData(DType.BFloat16, 1.0 / (1 << 8))]
    public void Elements_of_16_bits_are_rounded_only_in_memory(DType element, double tolerance) => All(12, (place, i) =>
    {
        new BiasActCase(i).CheckRounded(place, element, tolerance);
        new UpFirDn2dCase(i).CheckRounded(place, element, tolerance);
        new FilteredLreluCase(i).CheckRounded(place, element, tolerance);
        new StyleEpilogueCase(i).CheckRounded(place, element, tolerance);
    });

    private static void All(int count, Action<KernelPlace, int> check)
    {
        KernelPlace place = KernelPlace.RequireDevice();
        for (int i = 0; i < count; i++)
        {
            check(place, i);
        }
    }
}
