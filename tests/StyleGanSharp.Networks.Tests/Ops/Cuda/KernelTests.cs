using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>
/// The CUDA kernels and everything around them but the device: sources, launches, gradients. The same source is compiled for the
/// processor, so that no change made where there is no GPU goes unnoticed.
/// </summary>
[Collection(KernelCollection.Name)]
public sealed class KernelTests(EmulatedKernels kernels)
{
    // Half a unit in the last place of the result, relative to the largest: 11 and 8 significant bits.
    private const double HalfTolerance = 1.0 / (1 << 11);
    private const double BFloat16Tolerance = 1.0 / (1 << 8);

    public static TheoryData<int> BiasActNumbers => [.. Enumerable.Range(0, BiasActCase.Count)];

    public static TheoryData<int> UpFirDn2dNumbers => [.. Enumerable.Range(0, UpFirDn2dCase.Count)];

    public static TheoryData<int> FilteredLreluNumbers => [.. Enumerable.Range(0, FilteredLreluCase.Count)];

    public static TheoryData<int> StyleEpilogueNumbers => [.. Enumerable.Range(0, StyleEpilogueCase.Count)];

    [Theory, MemberData(nameof(BiasActNumbers))]
    public void Bias_act_equals_the_definition(int number) => new BiasActCase(number).Check(Place());

    [Theory, MemberData(nameof(UpFirDn2dNumbers))]
    public void Upfirdn2d_equals_the_definition(int number) => new UpFirDn2dCase(number).Check(Place());

    [Theory, MemberData(nameof(FilteredLreluNumbers))]
    public void Filtered_lrelu_equals_the_definition(int number) => new FilteredLreluCase(number).Check(Place());

    [Theory, MemberData(nameof(StyleEpilogueNumbers))]
    public void Style_epilogue_equals_the_definition(int number) => new StyleEpilogueCase(number).Check(Place());

    [Theory]
    [InlineData(DType.Float16, HalfTolerance)]
    [InlineData(DType.BFloat16, BFloat16Tolerance)]
    public void Elements_of_16_bits_are_rounded_only_in_memory(DType element, double tolerance)
    {
        KernelPlace place = Place();
        for (int i = 0; i < 12; i++)
        {
            new BiasActCase(i).CheckRounded(place, element, tolerance);
            new UpFirDn2dCase(i).CheckRounded(place, element, tolerance);
            new FilteredLreluCase(i).CheckRounded(place, element, tolerance);
            new StyleEpilogueCase(i).CheckRounded(place, element, tolerance);
            new StyleEpilogueCase(i).CheckFloatOperands(place, element, tolerance);
        }
    }

    [Fact]
    public void Many_elements_are_walked_through_in_several_turns()
    {
        using var scope = new TensorScope();
        Tensor x = Tensor.Arange(CudaLaunch.DefaultThreads * 5);
        CudaSource source = CudaSources.Of(CudaBiasAct.File, DType.Float32);
        Tensor target = x.ZerosLike();
        var parameters = new BiasActParameters
        {
            X = x.DataPointer,
            Target = target.DataPointer,
            Count = x.Count,
            Step = 1,
            Channels = 1,
            Gain = 2,
            Limit = -1,
        };
        Place().Kernels.Launch(source, "bias_act", Device.Cpu, new CudaLaunch(2, CudaLaunch.DefaultThreads), parameters);
        Assert.Equal((x * 2).ToArray<float>(), target.ToArray<float>());
    }

    [Fact]
    public void Not_a_number_stays_visible()
    {
        using var scope = new TensorScope();
        Tensor x = Tensor.Full([1, 2, 4, 4], double.NaN);
        KernelPlace place = Place();
        foreach (Networks.Ops.Bias.Activation activation in Enum.GetValues<Networks.Ops.Bias.Activation>())
        {
            Tensor y = CudaBiasAct.Apply(place.Kernels, x, null, 1, activation, null, null, 0.5);
            Assert.All(y.ToArray<float>(), v => Assert.True(float.IsNaN(v), $"{activation}"));
        }

        Tensor z = CudaFilteredLrelu.Apply(place.Kernels, x, null, null, null, 1, 1, default, 1, 0.2, 0.5, false);
        Assert.All(z.ToArray<float>(), v => Assert.True(float.IsNaN(v)));
    }

    [Fact]
    public void Temporaries_are_worked_on_in_place()
    {
        using var scope = new TensorScope();
        using var mode = Torch.Autograd.GradMode.Off();
        Tensor x = Tensor.Full([2, 3], -5);
        Tensor y = CudaBiasAct.Apply(
            Place().Kernels, x, null, 1, Networks.Ops.Bias.Activation.Relu, null, 1, null, inPlace: true);
        Assert.Same(x, y);
        Assert.All(x.ToArray<float>(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void A_third_derivative_through_curvature_is_refused()
    {
        using var scope = new TensorScope();
        Tensor x = Tensor.Full([3], 0.5);
        x.RequiresGrad = true;
        Tensor y = CudaBiasAct.Apply(
            Place().Kernels, x.Reshape(1, 3), null, 1, Networks.Ops.Bias.Activation.Softplus, null, null, null).Sum();
        Tensor first = Torch.Autograd.Gradient.Of(y, x, createGraph: true).Sum();
        Tensor second = Torch.Autograd.Gradient.Of(first, x, createGraph: true).Sum();
        TorchException error = Assert.Throws<TorchException>(() => Torch.Autograd.Gradient.Of(second, x));
        Assert.Contains("STYLEGAN_REFERENCE_OPS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_too_large_for_shared_memory_have_no_tiles()
    {
        using var scope = new TensorScope();
        Tensor x = Tensor.Zeros([1, 1, 8, 8]), line = Tensor.Ones([12]), window = Tensor.Ones([120, 120]);
        Assert.True(CudaFilteredLrelu.HasTiles(
            FilteredLreluGeometry.Of(x, line, line, 2, 2, Networks.Ops.Convolutions.Padding.All(20), false)));
        Assert.False(CudaFilteredLrelu.HasTiles(
            FilteredLreluGeometry.Of(x, line, window, 2, 2, Networks.Ops.Convolutions.Padding.All(120), false)));
    }

    private KernelPlace Place()
    {
        EmulatedKernels.RequireCompiler();
        return new KernelPlace(kernels, Device.Cpu);
    }
}
