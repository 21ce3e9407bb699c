using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.Ops;

/// <summary>
/// Fast paths of inference against their reference implementations, at sizes that the golden snapshots do not have.
/// </summary>
public sealed class FastPathTests : IDisposable
{
    private const double Tolerance = 2e-5;

    private readonly RandomGenerator random = new(5);
    private readonly GradMode mode = GradMode.Off();

    public FastPathTests() => FastOpsOff.Skip();

    public void Dispose()
    {
        mode.Dispose();
        random.Dispose();
    }

    [Theory]
    [InlineData(1, 3, 5, 4, 4)]
    [InlineData(2, 8, 3, 7, 5)]
    [InlineData(2, 4, 24, 9, 33)]
    [InlineData(3, 1, 1, 1, 1)]
    public void Upsampling_and_everything_after_it_equals_the_definition(int n, int cin, int cout, int h, int w)
    {
        using var scope = new TensorScope();
        foreach (double[] taps in new double[][] { [1, 3, 3, 1], [1, 2, 1], [1, 1], [1, 2, 4, 2, 3] })
        {
            Tensor x = Random(n, cin, h, w), weight = Random(cout, cin, 3, 3), filter = ResampleFilter.Setup(taps);
            Tensor styles = Random(n, cin), bias = Random(cout), noise = Random(n, 1, 2 * h, 2 * w);
            Tensor convolved = ModulatedConv2d.Apply(
                x, weight, styles, filter, up: 2, padding: 1, flipWeight: false, form: ModulationForm.Weights);
            Tensor expected = BiasAct.Reference(convolved + noise, bias, activation: Activation.LeakyRelu, gain: 1.3, clamp: 1.5);
            using PreparedStyleConv2d? prepared = PreparedStyleConv2d.Create(weight, filter);
            Close.To(expected, prepared!.Forward(x, styles, noise, bias, 0.2, 1.3, 1.5), Tolerance, $"{taps.Length} taps");
        }
    }

    [Fact]
    public void Layers_whose_filter_does_not_suit_are_left_to_the_general_way()
    {
        using var scope = new TensorScope();
        Tensor weight = Random(2, 2, 3, 3);
        Assert.Null(PreparedStyleConv2d.Create(weight, Random(3, 3)));                              // does not separate
        Assert.Null(PreparedStyleConv2d.Create(Random(2, 2, 2, 2), ResampleFilter.Setup([1, 3, 3, 1])));
        using PreparedStyleConv2d? fits = PreparedStyleConv2d.Create(weight, ResampleFilter.Setup([1, 3, 3, 1]));
        Assert.NotNull(fits);
    }

    [Theory]
    [InlineData(1, 5, false, null)]
    [InlineData(3, 16, true, 0.5)]
    [InlineData(2, 33, true, null)]
    public void One_pass_after_the_convolution_equals_the_separate_operations(int n, int channels, bool ownNoise, double? clamp)
    {
        using var scope = new TensorScope();
        Tensor x = Random(n, channels, 6, 9).Contiguous(MemoryFormat.ChannelsLast), factor = Random(n, channels), bias = Random(
            channels);
        Tensor noise = ownNoise ? Random(n, 1, 6, 9) : Random(6, 9);
        Tensor expected = BiasAct.Apply(
            (x * factor.Reshape(n, channels, 1, 1)) + noise, bias, activation: Activation.LeakyRelu, gain: 1, clamp: clamp);
        StyleEpilogue.Apply(x, new StyleEpilogueArguments(factor, noise, bias, 0.2, clamp), inPlace: true);
        Close.To(expected, x, 1e-6, "with noise");

        Tensor y = Random(n, channels, 6, 9).Contiguous(MemoryFormat.ChannelsLast);
        Tensor plain = BiasAct.Apply(
            y * factor.Reshape(n, channels, 1, 1), bias, activation: Activation.LeakyRelu, gain: 1, clamp: clamp);
        StyleEpilogue.Apply(y, new StyleEpilogueArguments(factor, null, bias, 0.2, clamp), inPlace: true);
        Close.To(plain, y, 1e-6, "without noise");
    }

    [Theory]
    [InlineData(1, 3, 64, null)]
    [InlineData(3, 1, 5, 0.7)]
    [InlineData(2, 4, 19, null)]
    public void Projection_to_colours_equals_the_modulated_convolution(int n, int colours, int channels, double? clamp)
    {
        using var scope = new TensorScope();
        Tensor x = Random(n, channels, 5, 7).Contiguous(MemoryFormat.ChannelsLast), weight = Random(colours, channels, 1, 1);
        Tensor styles = Random(n, channels), bias = Random(colours);
        Tensor expected = BiasAct.Apply(
            ModulatedConv2d.Apply(x, weight, styles, demodulate: false, form: ModulationForm.Weights), bias, clamp: clamp);
        Tensor actual = ColourProjection.Apply(x, styles.Unsqueeze(1) * weight.Reshape(colours, channels), bias, clamp);
        Close.To(expected, actual, Tolerance, "colours");
    }

    [Fact]
    public void Not_a_number_stays_visible()
    {
        using var scope = new TensorScope();
        Tensor x = Tensor.Full([1, 16, 2, 2], double.NaN).Contiguous(MemoryFormat.ChannelsLast);
        StyleEpilogue.Apply(
            x, new StyleEpilogueArguments(Tensor.Ones([1, 16]), null, Tensor.Zeros([16]), 0.2, 256), inPlace: true);
        Assert.All(x.ToArray<float>(), v => Assert.True(float.IsNaN(v)));
    }

    [Fact]
    public void Weights_changed_in_place_are_prepared_again()
    {
        using var scope = new TensorScope();
        var options = new GeneratorOptions { Resolution = 8, ChannelBase = 64, ChannelMax = 8, ZDim = 8, WDim = 8 };
        using var generator = new Generator(options, Initializer.Random(random));
        Tensor ws = generator.Mapping.Forward(Random(2, 8));
        Close.To(Twin(generator, ws), generator.Synthesis.Forward(ws, NoiseInput.Const), 1e-4, "before");
        foreach (NamedTensor parameter in generator.NamedParameters().Where(
            p => p.Name.EndsWith("conv0.weight", StringComparison.Ordinal)
                || p.Name.EndsWith("conv1.weight", StringComparison.Ordinal)))
        {
            parameter.Value.AddInPlace(Random([.. parameter.Value.Shape]));
        }

        Close.To(Twin(generator, ws), generator.Synthesis.Forward(ws, NoiseInput.Const), 1e-4, "after");
    }

    private static Tensor Twin(Generator generator, Tensor ws) =>
        generator.Synthesis.Forward(ws, NoiseInput.Const, ModulationForm.Weights);

    private Tensor Random(params long[] shape) => Tensor.RandN(shape, random);
}
