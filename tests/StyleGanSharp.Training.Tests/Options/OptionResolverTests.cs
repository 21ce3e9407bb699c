using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Tests.Options;

public sealed class OptionResolverTests
{
    private static readonly DatasetFacts Faces = new(256, 256, 3, 0);

    [Fact]
    public void Automatic_preset_follows_the_resolution()
    {
        TrainingOptions options = Resolve(r => r, Faces);
        Assert.Equal(16, options.Batch);
        Assert.Equal(16384, options.StyleGan2!.ChannelBase);
        Assert.Equal(0.0025, options.Trainer.GeneratorAdam.LearningRate);
        Assert.Equal(0.0025, options.Trainer.DiscriminatorAdam.LearningRate);
        Assert.Equal(0.0002 * 256 * 256 / 16, options.Trainer.Loss.R1Gamma, 1e-12);
        Assert.Equal(5000, options.Trainer.AverageHalfLife, 1e-9);
        Assert.Equal(4, options.StyleGan2Discriminator!.MbStdGroupSize);
        Assert.Equal(2, options.StyleGan2.Mapping.NumLayers);
        Assert.Contains("0.0002 * 256^2 / 16", options.GammaRule, StringComparison.Ordinal);

        TrainingOptions large = Resolve(r => r, new DatasetFacts(1024, 1024, 3, 0));
        Assert.Equal((4, 32768, 0.002), (large.Batch, large.StyleGan2!.ChannelBase, large.Trainer.GeneratorAdam.LearningRate));
    }

    [Theory]
    [InlineData("stylegan2", 32, 10, 32768, 8, 2, 0.9)]
    [InlineData("paper256", 64, 1, 16384, 8, 2, 0.9)]
    [InlineData("paper512", 64, 0.5, 32768, 8, 2, 0.9)]
    [InlineData("paper1024", 32, 2, 32768, 8, 2, 0.9)]
    [InlineData("cifar", 64, 0.01, 32768, 2, 0, 0)]
    public void Published_presets_have_their_numbers(
        string name, int batch, double gamma, int channelBase, int mapping, double pathLength, double mixing)
    {
        TrainingOptions options = Resolve(r => r with { Preset = name }, Faces);
        Assert.Equal(batch, options.Batch);
        Assert.Equal(gamma, options.Trainer.Loss.R1Gamma);
        Assert.Equal(channelBase, options.StyleGan2!.ChannelBase);
        Assert.Equal(mapping, options.StyleGan2.Mapping.NumLayers);
        Assert.Equal(pathLength, options.Trainer.Loss.PathLengthWeight);
        Assert.Equal(mixing, options.Trainer.Loss.StyleMixingProb);
        Assert.Equal(pathLength > 0 ? 4 : null, options.Trainer.GeneratorInterval);
    }

    [Theory]
    [InlineData("stylegan3-t", 3, false, 32768, 512, 0)]
    [InlineData("stylegan3-r", 1, true, 65536, 1024, 10)]
    public void StyleGan3_presets_have_their_numbers(
        string name, int kernel, bool radial, int channelBase, int channelMax, double blur)
    {
        TrainingOptions options = Resolve(r => r with { Preset = name }, Faces);
        Assert.Null(options.StyleGan2);
        Assert.Equal((kernel, radial, channelBase, channelMax), (
            options.StyleGan3!.KernelSize, options.StyleGan3.UseRadialFilters, options.StyleGan3.ChannelBase,
            options.StyleGan3.ChannelMax));
        Assert.Equal(2, options.Trainer.Loss.R1Gamma, 1e-12); // 256² / (1024 · 32)
        Assert.Equal((0.0025, 0.002), (
            options.Trainer.GeneratorAdam.LearningRate, options.Trainer.DiscriminatorAdam.LearningRate));
        Assert.Equal(Math.Pow(0.5, 32 / 20_000.0), options.StyleGan3.MagnitudeEmaBeta);
        Assert.Equal(blur, options.Trainer.Loss.BlurInitSigma);
        Assert.Null(options.Trainer.GeneratorInterval);
        Assert.Equal(32768, options.StyleGan2Discriminator!.ChannelBase);
    }

    [Fact]
    public void Given_options_go_before_the_preset()
    {
        TrainingOptions options = Resolve(
            r => r with
            {
                Batch = 8,
                Gamma = 3,
                ChannelBase = 1024,
                ChannelMax = 16,
                Kimg = 0.25,
                TickKimg = 0.1,
                GeneratorRate = 0.01,
                PathLengthWeight = 0
            },
            Faces);
        Assert.Equal((8, 3.0, 1024, 16, 250L, 100L), (
            options.Batch, options.Trainer.Loss.R1Gamma, options.StyleGan2!.ChannelBase,
            options.StyleGan2Discriminator!.ChannelMax, options.TotalImages, options.TickImages));
        Assert.Equal(0.01, options.Trainer.DiscriminatorAdam.LearningRate);
        Assert.Null(options.Trainer.GeneratorInterval);
    }

    [Fact]
    public void All_problems_are_said_at_once()
    {
        OptionProblem[] problems = Problems(
            r => r with
            {
                Batch = 6,
                MicroBatch = 4,
                Gamma = -1,
                Augmentation = "fixed",
                Pipeline = "bgcx",
                GeneratorRate = 0,
                GroupSize = 4
            },
            new DatasetFacts(100, 80, 3, 0));
        OptionProblem size = Assert.Single(problems, p => p.Property == "data.path");
        Assert.Contains("100x80", $"{size}", StringComparison.Ordinal);
        Assert.Equal(new CreationAdvice("faces.zip") { Side = 64 }, size.Advice);
        foreach ((string option, string value) in new[]
        {
            ("gamma", "-1"), ("pipeline", "bgcx"), ("generatorRate", "0"), ("groupSize", "4"), ("microBatch", "4"), (
                "augmentation", "fixed"),
        })
        {
            Assert.Contains(problems, p => (p.Property, p.Value) == (option, value));
        }
    }

    [Theory]
    [InlineData("strength", "noaug")]
    [InlineData("target", "fixed")]
    [InlineData("strength", "diffaug")]
    public void Contradictory_augmentation_is_refused(string option, string mode) => Assert.Contains(
        Problems(r => r with { Augmentation = mode, Strength = 0.3, Target = mode == "fixed" ? 0.5 : null }, Faces),
        p => (p.Property, p.Value) == ("augmentation", mode) && $"{p.Reason}".Contains(option, StringComparison.Ordinal));

    [Fact]
    public void The_policy_belongs_to_diffaug_and_is_checked()
    {
        Assert.Contains(Problems(r => r with { DiffAugmentPolicy = "color" }, Faces), p =>
            (p.Property, p.Value) == ("diffAugmentPolicy", null));
        Assert.Contains(
            Problems(r => r with { Augmentation = "diffaug", DiffAugmentPolicy = "colour" }, Faces),
            p => (p.Property, p.Value) == ("diffAugmentPolicy", "colour"));
    }

    [Theory]
    [InlineData("auto", 8, 4)]
    [InlineData("auto", 256, 19)]
    [InlineData("cifar", 32, 7)]
    public void Only_as_many_layers_as_there_are_can_be_frozen(string preset, int side, int most)
    {
        var facts = new DatasetFacts(side, side, 3, 0);
        TrainingOptions options = Resolve(
            r => r with { Preset = preset, FreezeLayers = most, ChannelBase = 256, ChannelMax = 8 }, facts);
        using (var discriminator = new Discriminator(options.StyleGan2Discriminator!, Initializer.ForLoading))
        {
            Assert.Equal(most, discriminator.Blocks.Sum(b => b.NumLayers));
        }

        Assert.Contains(
            $"choose 0 to {most}", $"{Assert.Single(Problems(r => r with { Preset = preset, FreezeLayers = most + 1 }, facts))}",
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_growing_discriminator_cannot_be_frozen() => Assert.Equal(
        "freezeLayers",
        Assert.Single(Problems(
            r => r with { Preset = "stylegan2", Variant = "c", FreezeLayers = 1 }, new DatasetFacts(64, 64, 3, 0))).Property);

    [Fact]
    public void A_subset_is_no_larger_than_the_set()
    {
        DatasetFacts facts = Faces with { Count = 32 };
        Assert.Equal(32, Resolve(r => r with { Data = r.Data with { Subset = 32 } }, facts).Data.Subset);
        OptionProblem problem = Assert.Single(Problems(r => r with { Data = r.Data with { Subset = 33 } }, facts));
        Assert.Equal(("data.subset", "33"), (problem.Property, problem.Value));
    }

    [Fact]
    public void Names_may_be_written_in_capitals()
    {
        TrainingOptions options = Resolve(r => r with { Preset = "Paper256", Augmentation = "ADA", Pipeline = "BGC" }, Faces);
        Assert.Equal(("paper256", AugmentationMode.Adaptive, "bgc"), (
            options.Preset, options.Augmentation.Mode, options.Augmentation.Pipeline));
        Assert.Equal("color,translation,cutout", Resolve(r => r with { Augmentation = "DiffAug" }, Faces).Augmentation.Policy);
    }

    [Fact]
    public void Unknown_preset_lists_the_known_ones() =>
        Assert.Contains("paper1024", $"{Assert.Single(Problems(r => r with { Preset = "stylegan9" }, Faces))}",
            StringComparison.Ordinal);

    [Fact]
    public void Architecture_of_the_start_is_taken_and_misfits_are_explained()
    {
        var generator = new GeneratorOptions { Resolution = 256, ChannelBase = 8192, ChannelMax = 64, ZDim = 32, WDim = 32 };
        var discriminator = new DiscriminatorOptions { Resolution = 256, ChannelBase = 8192, ChannelMax = 64 };
        var start = new StartingNetworks("net.pkl", NetworkFamilies.StyleGan2, generator, discriminator);
        TrainingRequest request = Request() with { StartFrom = "net.pkl", FreezeLayers = 4 };
        TrainingOptions options = OptionResolver.Resolve(request, Faces, start);
        Assert.Same(generator, options.Generator);
        Assert.Equal((4, 64), (options.StyleGan2Discriminator!.FreezeLayers, options.StyleGan2Discriminator!.ChannelMax));
        Assert.Null(options.Trainer.AverageRampUp);
        Assert.Equal(100_000, options.Augmentation.Images);

        OptionProblem Misfit(TrainingRequest r, DatasetFacts facts) =>
            Assert.Single(Assert.Throws<TrainingOptionsException>(() => OptionResolver.Resolve(r, facts, start)).Problems);
        Assert.Equal(new CreationAdvice("faces.zip") { Side = 256 }, Misfit(request, new DatasetFacts(64, 64, 3, 0)).Advice);
        Assert.Equal(new CreationAdvice("faces.zip") { Channels = 3 }, Misfit(request, new DatasetFacts(256, 256, 1, 0)).Advice);
        TrainingRequest conditional = request with { Data = request.Data with { UseLabels = true } };
        Assert.Contains("data.useLabels", $"{Misfit(conditional, new DatasetFacts(256, 256, 3, 10))}", StringComparison.Ordinal);
        Assert.Contains("StyleGAN3-T", $"{Misfit(request with { Preset = "stylegan3-t" }, Faces)}", StringComparison.Ordinal);
        OptionProblem width = Misfit(request with { ChannelBase = 16384 }, Faces);
        Assert.Equal(("channelBase", "16384"), (width.Property, width.Value));
    }

    [Fact]
    public void Options_survive_as_text()
    {
        string text = OptionsText.Of(Resolve(r => r with { Preset = "stylegan3-r" }, Faces));
        Assert.Contains("\"preset\": \"stylegan3-r\"", text, StringComparison.Ordinal);
        Assert.Contains("\"blur_init_sigma\": 10", text, StringComparison.Ordinal);
    }

    private static TrainingRequest Request() => new() { Data = new DataOptions { Path = "faces.zip" } };

    private static TrainingOptions Resolve(Func<TrainingRequest, TrainingRequest> change, DatasetFacts facts) =>
        OptionResolver.Resolve(change(Request()), facts);

    private static OptionProblem[] Problems(Func<TrainingRequest, TrainingRequest> change, DatasetFacts facts) =>
        [.. Assert.Throws<TrainingOptionsException>(() => Resolve(change, facts)).Problems];
}
