using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.StyleGan2;

/// <summary>What a layer prepares from its weights, for once and then for good.</summary>
[WithTensorScope]
public sealed class SynthesisLayerTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_picture_of_the_same_weights_is_the_same_and_follows_them(int up)
    {
        using GradMode mode = GradMode.Off();
        using var random = new RandomGenerator(3);
        var options = new GeneratorOptions { Resolution = 16, WDim = 8 };
        using var layer = new SynthesisLayer("conv", 4, 6, 8 * up, up, options, Initializer.Random(random));
        Tensor x = Tensor.RandN([2, 4, 8, 8], random), w = Tensor.RandN([2, 8], random);
        float[] first = Pixels(layer, x, w);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(first, Pixels(layer, x, w));
        }

        Tensor weight = layer.NamedParameters().Single(p => p.Name == "weight").Value;
        weight.MulInPlace(Tensor.RandN([6, 4, 3, 3], random));
        float[] changed = Pixels(layer, x, w);
        Assert.NotEqual(first, changed);
        Assert.Equal(changed, Pixels(layer, x, w));
        Assert.Equal(changed, Pixels(layer, x, w));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Upsampling_with_a_short_filter_is_the_same_in_every_way(int taps)
    {
        using var random = new RandomGenerator(4);
        var options = new GeneratorOptions
        {
            Resolution = 16,
            WDim = 8,
            ResampleFilter =
            [.. Enumerable.Range(1, taps).Select(t => (double)t)]
        };
        using var layer = new SynthesisLayer("conv", 4, 6, 16, 2, options, Initializer.Random(random));
        Tensor x = Tensor.RandN([2, 4, 8, 8], random), w = Tensor.RandN([2, 8], random);
        Tensor expected = layer.Forward(x, w, NoiseInput.Const, ModulationForm.Activations).Detach();
        Assert.Equal([2, 6, 16, 16], expected.Shape.ToArray());
        using (GradMode.On())
        {
            Close.To(expected, layer.Forward(x, w, NoiseInput.Const).Detach(), Tolerance, "recorded");
        }

        using GradMode mode = GradMode.Off();
        for (int i = 0; i < 3; i++)
        {
            Close.To(expected, layer.Forward(x, w, NoiseInput.Const), Tolerance, $"prepared, time {i}");
        }
    }

    private static float[] Pixels(SynthesisLayer layer, Tensor x, Tensor w) =>
        layer.Forward(x, w, NoiseInput.Const).ToArray<float>();
}
