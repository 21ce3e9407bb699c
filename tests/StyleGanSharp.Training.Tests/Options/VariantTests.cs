using StyleGanSharp.Data.Options;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Options;

/// <summary>The older recipes: their numbers, and the parameters of their networks.</summary>
public sealed class VariantTests
{
    private const int Resolution = 32;
    private const int Latent = 16;
    private static readonly DatasetFacts Pictures = new(Resolution, Resolution, 3, 0);

    [Fact]
    public void ProGan_has_the_published_numbers()
    {
        TrainingOptions options = Resolve(
            new DatasetFacts(1024, 1024, 3, 10), r => r with { Preset = "progan", Data = r.Data with { UseLabels = true } });
        LossOptions loss = options.Trainer.Loss;
        Assert.Equal((LossKind.Wasserstein, 10, 1, 0.001, 0), (
            loss.Kind, loss.GradientPenaltyWeight, loss.GradientPenaltyTarget, loss.DriftWeight, loss.R1Gamma));
        Assert.Equal((0.999, true, null, null), (
            options.Trainer.AverageDecay!.Value, options.Trainer.DiscriminatorFirst, options.Trainer.GeneratorInterval,
            options.Trainer.DiscriminatorInterval));
        Assert.Equal((0, 0.99, 1e-8), (
            options.Trainer.GeneratorAdam.Beta1, options.Trainer.GeneratorAdam.Beta2, options.Trainer.GeneratorAdam.Epsilon));
        Assert.Equal((10, 10, 4), (
            options.ProGan!.CDim, options.ProGanDiscriminator!.LabelLogits, options.ProGanDiscriminator.MbStdGroupSize));
        GrowthOptions growth = options.Growth!;
        Assert.Equal((4, 600_000, 600_000, 12_000_000), (
            growth.InitialResolution, growth.TrainImages, growth.FadeImages, options.TotalImages));
        Assert.Equal(AugmentationMode.None, options.Augmentation.Mode);
        Assert.Equal(0.0015, growth.Levels[^1].GeneratorRate);
    }

    [Fact]
    public void StyleGan_has_the_published_numbers()
    {
        TrainingOptions options = Resolve(new DatasetFacts(1024, 1024, 3, 0), r => r with { Preset = "stylegan1" });
        Assert.Equal((LossKind.Logistic, 10, 0.9), (
            options.Trainer.Loss.Kind, options.Trainer.Loss.R1Gamma, options.Trainer.Loss.StyleMixingProb));
        Assert.Equal((8, 512, 512, 16384), (
            options.StyleGan1!.MappingLayers, options.StyleGan1.WDim, options.StyleGan1.MappingFeatures,
            options.StyleGan1.ChannelBase));
        Assert.Equal((10_000, null, 25_000_000), (
            options.Trainer.AverageHalfLife, options.Trainer.AverageRampUp, options.TotalImages));
        Assert.Equal((8, 0.003), (options.Growth!.InitialResolution, options.Growth.Levels[^1].GeneratorRate));

        // With the Wasserstein loss of CelebA-HQ the rates have a limit.
        TrainingOptions other = Resolve(
            new DatasetFacts(1024, 1024, 3, 0), r => r with { Preset = "stylegan1", Loss = "wgan-gp" });
        Assert.Equal((LossKind.Wasserstein, 0, 0.002), (
            other.Trainer.Loss.Kind, other.Trainer.Loss.R1Gamma, other.Growth!.Levels[^1].GeneratorRate));
    }

    [Theory]
    [InlineData("b", true, 0, null, null)]
    [InlineData("c", true, 0, null, 16)]
    [InlineData("d", true, 2, 4, 16)]
    [InlineData("e", false, 2, 4, 16)]
    [InlineData("f", false, 2, 4, 16)]
    public void StyleGan2_configurations_differ_as_published(
        string variant, bool grows, double pathLength, int? generatorInterval, int? discriminatorInterval)
    {
        TrainingOptions options = Resolve(
            new DatasetFacts(256, 256, 3, 0), r => r with { Preset = "stylegan2", Variant = variant });
        Assert.Equal(grows, options.Growth is not null);
        Assert.Equal(pathLength, options.Trainer.Loss.PathLengthWeight);
        Assert.Equal((generatorInterval, discriminatorInterval), (
            options.Trainer.GeneratorInterval, options.Trainer.DiscriminatorInterval));
        Assert.Equal(variant == "f" ? 32768 : 16384, options.StyleGan2!.ChannelBase);
        Assert.Equal(variant == "e" ? 100 : 10, options.Trainer.Loss.R1Gamma);
        if (grows)
        {
            Assert.Equal([256, 128, 64, 32, 32, 32], options.Growth!.Levels.Skip(1).Select(l => l.Batch));
        }
    }

    [Theory]
    [InlineData("stylegan1", "a")]
    [InlineData("stylegan1", "b")]
    [InlineData("stylegan1", "c")]
    [InlineData("stylegan1", "d")]
    [InlineData("stylegan1", "e")]
    [InlineData("stylegan1", "f")]
    [InlineData("stylegan2", "b")]
    [InlineData("stylegan2", "c")]
    [InlineData("stylegan2", "d")]
    [InlineData("stylegan2", "e")]
    [InlineData("stylegan2", "f")]
    [InlineData("progan", null)]
    public void Networks_have_the_parameters_of_the_papers_tables(string preset, string? variant)
    {
        TrainingOptions options = Resolve(
            Pictures, r => r with
            {
                Preset = preset,
                Variant = variant,
                ChannelBase = 512,
                ChannelMax = 24,
                LatentSize = Latent
            });
        using TrainedNetworks networks = NetworkFactory.Create(options);
        bool pro = preset == "progan" || (preset == "stylegan1" && variant == "a");
        bool two = preset == "stylegan2";
        long[] generator = pro ? [.. ProGanGenerator()] : two ? [.. StyleGan2Generator()] : [.. StyleGan1Generator(variant![0])];
        long[] discriminator = [.. Discriminator(residual: two && variant is "e" or "f")];
        Assert.Equal(generator.Order(), Sizes(networks.GeneratorModule));
        Assert.Equal(discriminator.Order(), Sizes(networks.DiscriminatorModule));
    }

    [Theory]
    [InlineData("stylegan1", "g", "a, b, c, d, e, f")]
    [InlineData("stylegan2", "a", "b, c, d, e, f")]
    [InlineData("auto", "b", "no variants")]
    public void Unknown_variants_are_refused_with_the_known_ones(string preset, string variant, string expected) =>
        Assert.Contains(
        expected, $"{Assert.Single(Problems(r => r with { Preset = preset, Variant = variant }))}", StringComparison.Ordinal);

    [Fact]
    public void Options_that_a_recipe_does_not_know_are_refused_all_at_once()
    {
        OptionProblem[] problems = Problems(r => r with
        {
            Preset = "progan",
            Gamma = 3,
            PathLengthWeight = 2,
            StyleMixing = 0.5,
            FreezeLayers = 2,
            MappingLayers = 4,
            LevelBatch = "64:8",
            GrowFrom = 12,
            Precision = Precision.Fast,
        });
        foreach (string option in new[]
        {
            "gamma", "pathLengthWeight", "styleMixing", "freezeLayers", "mappingLayers", "levelBatch", "growFrom", "precision",
        })
        {
            Assert.Contains(problems, p => p.Property == option);
        }

        Assert.Equal("levelKimg", Assert.Single(Problems(r => r with { LevelKimg = 3 })).Property);
        Assert.Equal("wgan-gp", Assert.Single(Problems(r => r with { Loss = "wgan-gp" })).Value);
        Assert.Contains("logistic or wgan-gp", $"{Assert.Single(Problems(r => r with { Loss = "hinge" }))}",
            StringComparison.Ordinal);
        Assert.Contains("8x8", $"{Assert.Single(Problems(r => r with { Preset = "progan", LevelBatch = "8:6" }))}",
            StringComparison.Ordinal);
    }

    // The input of the mapping network is then w: with labels, z and the embedded label side by side.
    [Theory]
    [InlineData("stylegan1", null, 0, 16)]
    [InlineData("stylegan1", "b", 3, 32)]
    [InlineData("stylegan1", null, 3, 32)]
    [InlineData("stylegan2", "d", 0, 16)]
    [InlineData("stylegan2", null, 3, 32)]
    [InlineData("small", null, 0, 16)]
    public void Without_mapping_layers_w_is_as_wide_as_what_enters(string preset, string? variant, int labels, int width)
    {
        TrainingOptions options = Resolve(new DatasetFacts(Resolution, Resolution, 3, labels), r => r with
        {
            Preset = preset,
            Variant = variant,
            MappingLayers = 0,
            LatentSize = Latent,
            ChannelBase = 512,
            ChannelMax = 24,
            Data = r.Data with { UseLabels = labels > 0 },
        });
        int? found = options.StyleGan1?.WDim ?? options.StyleGan2?.WDim;
        Assert.Equal((0, Latent, width), (options.Generator.MappingLayers, options.Generator.ZDim, found));
        using TrainedNetworks networks = NetworkFactory.Create(options);
        Assert.DoesNotContain(
            networks.GeneratorModule.NamedParameters(), p => p.Name.StartsWith("mapping.fc", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("stylegan3-t", 0)]
    [InlineData("stylegan3-r", 0)]
    [InlineData("stylegan1", -1)]
    [InlineData("stylegan2", 33)]
    public void Other_numbers_of_mapping_layers_are_refused(string preset, int layers) => Assert.Equal(
        "mappingLayers", Assert.Single(Problems(r => r with { Preset = preset, MappingLayers = layers })).Property);

    private static IEnumerable<long> Sizes(Module module) => module.NamedParameters().Select(p => p.Value.Count).Order();

    // Width of the layers of a resolution: Karras et al. (2018), table 2, scaled down.
    private static long Width(int resolution) => Math.Min(512 / resolution, 24);

    private static IEnumerable<int> Sides() => [4, 8, 16, 32];

    private static IEnumerable<long> ProGanGenerator()
    {
        foreach (int side in Sides())
        {
            long c = Width(side);
            long first = side == 4 ? Latent * c * 16 : 9 * Width(side / 2) * c;
            long[] block = [first, c, 9 * c * c, c, 3 * c, 3];
            foreach (long size in block)
            {
                yield return size;
            }
        }
    }

    private static IEnumerable<long> StyleGan1Generator(char variant)
    {
        var sizes = new List<long>();
        for (int i = 0; i < (variant == 'b' ? 0 : 8); i++)
        {
            sizes.AddRange([Latent * Latent, Latent]);
        }

        foreach (int side in Sides())
        {
            long c = Width(side);
            sizes.Add(side > 4 ? 9 * Width(side / 2) * c : variant is 'b' or 'c' ? Latent * 16 * c : 16 * c);
            sizes.AddRange([9 * c * c, 3 * c, 3]);
            for (int layer = 0; layer < 2; layer++)
            {
                sizes.Add(c);                                                     // bias
                sizes.AddRange(variant is 'e' or 'f' ? [c] : []);                 // strength of the noise
                sizes.AddRange(variant == 'b' ? [] : [Latent * 2 * c, 2 * c]);    // style
            }
        }

        return sizes;
    }

    private static IEnumerable<long> StyleGan2Generator()
    {
        var sizes = new List<long>();
        for (int i = 0; i < 8; i++)
        {
            sizes.AddRange([Latent * Latent, Latent]);
        }

        foreach (int side in Sides())
        {
            long c = Width(side);
            foreach (long before in side == 4 ? [c] : new[] { Width(side / 2), c })
            {
                sizes.AddRange([9 * before * c, c, 1, Latent * before, before]);  // kernel, bias, strength of the noise, style
            }

            sizes.AddRange(side == 4 ? [16 * c] : []);                            // constant
            sizes.AddRange([3 * c, 3, Latent * c, c]);                            // colours
        }

        return sizes;
    }

    private static IEnumerable<long> Discriminator(bool residual)
    {
        var sizes = new List<long>();
        foreach (int side in Sides())
        {
            long c = Width(side), next = Width(side / 2);
            sizes.AddRange(!residual || side == Resolution ? [3 * c, c] : []);    // colours
            if (side > 4)
            {
                sizes.AddRange([9 * c * c, c, 9 * c * next, next]);
                sizes.AddRange(residual ? [c * next] : []);
            }
            else
            {
                long last = residual ? c : next;
                sizes.AddRange([9 * (c + 1) * c, c, 16 * c * last, last, last, 1]);
            }
        }

        return sizes;
    }

    private static TrainingOptions Resolve(DatasetFacts facts, Func<TrainingRequest, TrainingRequest> change) =>
        OptionResolver.Resolve(change(new TrainingRequest { Data = new DataOptions { Path = "x" } }), facts);

    private static OptionProblem[] Problems(Func<TrainingRequest, TrainingRequest> change) =>
        [.. Assert.Throws<TrainingOptionsException>(() => Resolve(Pictures, change)).Problems];
}
