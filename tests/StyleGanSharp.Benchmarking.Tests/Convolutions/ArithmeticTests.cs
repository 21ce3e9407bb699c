using StyleGanSharp.Benchmarking.Convolutions;
using StyleGanSharp.Benchmarking.Generators;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Benchmarking.Tests.Convolutions;

/// <summary>
/// The arithmetic of every generation: two resolutions by hand, and the official sizes by sums over the papers' tables.
/// </summary>
public sealed class ArithmeticTests
{
    // 16 feature maps at 4x4 and 8 at 8x8; a multiplication and an addition are two operations, 9 taps of them 18.
    private const double Conv4 = 18 * 16 * 16 * 16;  // 3x3, 16 to 16, on 4x4
    private const double Conv8 = 18 * 8 * 8 * 64;    // 3x3, 8 to 8, on 8x8
    private const double Rgb8 = 2 * 8 * 3 * 64;      // 1x1, 8 to 3, on 8x8
    private const double BoxUp = 32 * 16 * 8 * 16;   // 4x4 taps on 4x4 places, 16 to 8

    [Fact]
    public void StyleGan2_by_hand() => Check(
        Conv4 + (2 * 16 * 3 * 16) + (18 * 16 * 8 * 16) + Conv8 + Rgb8,
        init => new Generator(new GeneratorOptions { Resolution = 8, ChannelBase = 64, ChannelMax = 16 }, init));

    [Fact]
    public void StyleGan2_with_residual_blocks_by_hand() => Check(
        Conv4 + (18 * 16 * 8 * 16) + Conv8 + Rgb8 + (2 * 16 * 8 * 16),
        init => new Generator(
            new GeneratorOptions { Resolution = 8, ChannelBase = 64, ChannelMax = 16, Architecture = Architecture.Resnet },
            init));

    [Fact]
    public void A_wide_StyleGan2_has_more_places() => Check(
        2 * (Conv4 + (2 * 16 * 3 * 16) + (18 * 16 * 8 * 16) + Conv8 + Rgb8),
        init => new Generator(new GeneratorOptions { Resolution = 8, ChannelBase = 64, ChannelMax = 16, FirstWidth = 8 }, init));

    [Fact]
    public void A_growing_StyleGan2_has_colours_on_top_alone() => Check(
        Conv4 + (18 * 16 * 8 * 16) + Conv8 + Rgb8,
        init => new GrowingGenerator(new GeneratorOptions { Resolution = 8, ChannelBase = 64, ChannelMax = 16 }, init));

    [Fact]
    public void StyleGan1_by_hand() => Check(
        Conv4 + BoxUp + Conv8 + Rgb8,
        init => new Networks.StyleGan1.Generator(
            new Networks.StyleGan1.GeneratorOptions { Resolution = 8, ChannelBase = 64, ChannelMax = 16 }, init));

    [Fact]
    public void ProGan_by_hand() => Check(
        (2 * 16 * 16 * 16) + Conv4 + BoxUp + Conv8 + Rgb8, // its latents, 16 numbers, become 4x4 places by a dense layer
        init => new Networks.ProGan.Generator(
            new Networks.ProGan.GeneratorOptions { Resolution = 8, Channels = new(32, 1, 16) }, init));

    // Sums over min(channel base / resolution, 512) feature maps a resolution, and over the layers of Karras et al. (2021),
    // figure 4a.
    [Theory]
    [InlineData("progan-256", 36.650)]
    [InlineData("progan-1024", 54.979)]
    [InlineData("stylegan1-1024", 54.971)]
    [InlineData("stylegan2-256", 29.794)]
    [InlineData("stylegan2-1024", 148.520)]
    [InlineData("stylegan3-t-256", 201.033)]
    [InlineData("stylegan3-t-1024", 558.105)]
    [InlineData("stylegan3-r-256", 91.745)]
    public void Official_sizes(string name, double gflop)
    {
        using var scope = new TensorScope();
        using IGenerator generator = BenchSubject.Find(name)!.Create(Initializer.ForLoading);
        Assert.Equal(gflop, Arithmetic.GflopPerImage(generator), 3);
    }

    [Fact]
    public void Every_subject_has_a_number_above() => Assert.Equal(8, BenchSubject.All.Length);

    [Fact]
    public void A_discriminator_by_hand()
    {
        using var scope = new TensorScope();
        using var discriminator = new Discriminator(
            new DiscriminatorOptions { Resolution = 8, ChannelBase = 64, ChannelMax = 16 }, Initializer.ForLoading);
        double expected = Rgb8 + Conv8 + (18 * 8 * 16 * 16) + (2 * 8 * 16 * 16)  // from colours, 3x3, 3x3 to 4x4 places, 1x1 beside it
            + (18 * 17 * 16 * 16) + (2 * 256 * 16);                            // with the minibatch statistic, and the dense layer
        Assert.Equal(expected, DiscriminatorConvolutions.Of(discriminator).Sum(s => s.Gflop) * 1e9, 1e-3);
    }

    private static void Check(double operations, Func<Initializer, IGenerator> create)
    {
        using var scope = new TensorScope();
        using IGenerator generator = create(Initializer.ForLoading);
        Assert.Equal(operations, Arithmetic.GflopPerImage(generator) * 1e9, 1e-3);
    }
}
