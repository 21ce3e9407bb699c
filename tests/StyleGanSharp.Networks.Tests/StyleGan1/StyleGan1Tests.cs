using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan1;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.StyleGan1;

/// <summary>What holds for StyleGAN networks of any weights.</summary>
[WithTensorScope]
public sealed class StyleGan1Tests
{
    private static readonly GeneratorOptions Small = new()
    {
        ZDim = 6,
        WDim = 6,
        MappingFeatures = 6,
        MappingLayers = 2,
        Resolution = 16,
        ChannelBase = 64,
        ChannelMax = 8,
    };

    private static readonly GeneratorOptions Traditional = Small with
    {
        UseStyles = false,
        UsePixelNorm = true,
        UseInstanceNorm = false,
        MappingLayers = 0,
        ConstInput = false,
        UseNoise = false,
    };

    /// <summary>The configurations of Karras et al. (2019), table 1; F differs from E in training only.</summary>
    public static TheoryData<string, GeneratorOptions, int> Configurations => new()
    {
        { "B", Traditional, 1 },
        { "C", Small with { ConstInput = false, UseNoise = false }, 6 },
        { "D", Small with { UseNoise = false }, 6 },
        { "E", Small, 6 },
    };

    [Theory, MemberData(nameof(Configurations))]
    public void Every_configuration_of_the_paper_can_be_built_and_grown(string name, GeneratorOptions options, int numWs)
    {
        using GradMode mode = GradMode.Off();
        using var random = new RandomGenerator(3);
        using var g = new Generator(options, Initializer.Random(random));
        Assert.Equal(numWs, g.NumWs);
        Assert.Equal(options.UseNoise, g.NamedBuffers().Any(b => b.Name.EndsWith("noise_const", StringComparison.Ordinal)));
        Tensor ws = g.Map(Tensor.RandN([2, 6], random), null);
        foreach (double lod in new[] { 0, 0.5, 1, 2 })
        {
            g.Lod = lod;
            Tensor image = g.Synthesize(ws, NoiseInput.Const);
            Assert.True(image.AllFinite(), name);
            Close.To(image.Slice(2, 0, long.MaxValue, 1 << (int)lod).RepeatInterleave(1 << (int)lod, 2), image, 0,
                $"{name}: rows at lod {lod}");
        }
    }

    [Fact]
    public void A_network_for_the_full_resolution_alone_does_not_grow()
    {
        using GradMode mode = GradMode.Off();
        using var random = new RandomGenerator(3);
        using var g = new Generator(Small with { CanGrow = false }, Initializer.Random(random));
        Assert.Single(g.NamedParameters(), p => p.Name.EndsWith("torgb.bias", StringComparison.Ordinal));
        Tensor ws = g.Map(Tensor.RandN([1, 6], random), null);
        Assert.True(g.Synthesize(ws, NoiseInput.Const).AllFinite());
        g.Lod = 1;
        Assert.Throws<InvalidOperationException>(() => g.Synthesize(ws, NoiseInput.Const));
    }

    [Fact]
    public void The_average_of_w_moves_only_where_it_is_asked_to()
    {
        using GradMode mode = GradMode.Off();
        using var random = new RandomGenerator(3);
        using var g = new Generator(Small, Initializer.Random(random));
        Tensor z = Tensor.RandN([4, 6], random), w = g.Mapping.Forward(z).Select(1, 0);
        Close.To(Tensor.Zeros([6]), g.WAvg!, 0, "before");
        g.Mapping.Forward(z, updateAverage: true);
        Close.To(w.Mean([0]) * 0.005, g.WAvg!, 1e-6, "after");
    }

    [Fact]
    public void The_label_picks_the_logit_of_its_class()
    {
        using GradMode mode = GradMode.Off();
        using var random = new RandomGenerator(3);
        var options = new DiscriminatorOptions { Resolution = 16, ChannelBase = 64, ChannelMax = 8, CDim = 3 };
        using var d = new Discriminator(options, Initializer.Random(random));
        Tensor image = Tensor.RandN([4, 3, 16, 16], random), mixed = Tensor.Full([4, 3], 1);
        Tensor sum = Tensor.Zeros([4, 1]);
        for (int i = 0; i < 3; i++)
        {
            var label = new float[12];
            for (int n = 0; n < 4; n++)
            {
                label[(n * 3) + i] = 1;
            }

            sum += d.Forward(image, Tensor.From(label, [4, 3]));
        }

        Close.To(sum, d.Forward(image, mixed), 1e-5, "logits");
        Assert.Throws<ShapeException>(() => d.Forward(image));
    }
}
