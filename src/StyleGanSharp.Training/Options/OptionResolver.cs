using System.Globalization;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch.Optimizers;
using StyleGanSharp.Training.Augment;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Options;

/// <summary>A request over a preset, checked as a whole, to the options of a run.</summary>
public static class OptionResolver
{
    // With a snapshot to start from, the strength may follow faster, and nothing has to ramp up (StyleGAN2-ADA, StyleGAN3).
    private const double AdaptiveImages = 500_000;
    private const double AdaptiveImagesAfterTransfer = 100_000;

    /// <summary>Resolves a request.</summary>
    /// <param name="request">What the user asks for.</param>
    /// <param name="data">What the images are.</param>
    /// <param name="start">Networks to start from, whose architecture then counts; null: fresh ones.</param>
    /// <exception cref="TrainingOptionsException">
    /// Something is out of range or contradictory; all problems are listed.
    /// </exception>
    public static TrainingOptions Resolve(TrainingRequest request, DatasetFacts data, StartingNetworks? start = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(data);
        Preset preset = Presets.Find(request.Preset) ?? throw Problems.Fault(
            Names.Preset, request.Preset, $"expected one of {string.Join(", ", Presets.All.Select(p => p.Name))}");
        preset = Variants.Apply(preset, request.Variant);
        LossKind loss = Loss(request, preset);
        var problems = new Problems();
        OptionChecks.Numbers(request, problems);
        OptionChecks.Pictures(request, data, problems);
        OptionChecks.Augmentation(request, preset, problems);
        OptionChecks.Recipe(request, preset, loss, problems);

        int resolution = data.Width;
        if (preset.Growth is null)
        {
            OptionChecks.Freezing(
                request, (start?.Discriminator as DiscriminatorOptions)?.Architecture
                    ?? preset.Architecture, resolution, problems);
        }

        GrowthOptions? growth = preset.Growth is { } schedule
            ? GrowthResolver.Resolve(request, schedule, resolution, loss, start, problems) : null;
        int batch = growth is { Levels.Length: > 0 } ? growth.Levels[^1].Batch
            : request.Batch ?? preset.Batch ?? Math.Max(Math.Min(4096 / Math.Max(resolution, 1), 32), 1);
        int group = request.GroupSize ?? Math.Min(preset.GroupSize ?? Math.Min(batch, 4), growth is null ? batch : int.MaxValue);
        if (growth is null)
        {
            OptionChecks.Batch(request, batch, group, problems);
        }
        else
        {
            OptionChecks.Growth(request, growth, group, problems);
        }

        int labels = request.Data.UseLabels ? data.LabelSize : 0;
        NetworkDesign design = Design(request, preset, data, labels, batch, group);
        problems.Add(start is null ? [] : TransferChecks.Problems(start, request, preset, design, data));

        problems.ThrowIfAny();

        (double gamma, string rule) = Gamma(request, preset, loss, resolution, batch);
        bool transfer = start is not null;
        return new TrainingOptions
        {
            Preset = preset.Name,
            Variant = request.Variant?.ToLowerInvariant(),
            Data = request.Data with { UseLabels = labels > 0 },
            Batch = batch,
            MicroBatch = request.MicroBatch,
            Precision = request.Precision,
            Seed = request.Seed,
            StartFrom = request.StartFrom,
            GammaRule = rule,
            TotalImages = Images(request.Kimg ?? preset.Kimg),
            TickImages = growth is null ? Math.Max(1, Images(request.TickKimg ?? preset.TickKimg)) : growth.Levels[^1].TickImages,
            SnapshotTicks = request.SnapshotTicks ?? 50,
            Growth = growth,
            Trainer = Trainer(request, preset, loss, resolution, batch, gamma, transfer),
            Augmentation = Augmentation(request, preset, transfer),
            Generator = start?.GeneratorAt(resolution) ?? preset.Family.Generator(design),
            Discriminator = Discriminator(preset.Family, design, start),
        };
    }

    private static NetworkDesign Design(
        TrainingRequest request, Preset preset, DatasetFacts data, int labels, int batch, int group) => new()
        {
            Resolution = data.Width,
            ImageChannels = data.Channels,
            CDim = labels,
            LatentSize = request.LatentSize ?? preset.LatentSize,
            MappingLayers = request.MappingLayers ?? preset.MappingLayers,
            ChannelBase = request.ChannelBase ?? preset.ChannelBase ?? (data.Width >= 512 ? 32768 : 16384),
            ChannelMax = request.ChannelMax ?? preset.ChannelMax,
            Batch = batch,
            GroupSize = group,
            DiscriminatorArchitecture = preset.Architecture,
            FreezeLayers = request.FreezeLayers ?? 0,
            Configuration = preset.Configuration,
        };

    // To a generator without its discriminator one as wide is built.
    private static IDiscriminatorOptions Discriminator(NetworkFamily family, NetworkDesign design, StartingNetworks? start) =>
        family.Discriminator(
            start is null ? design
                : design with { ChannelBase = start.Generator.ChannelBase, ChannelMax = start.Generator.ChannelMax },
            start?.Discriminator);

    private static LossKind Loss(TrainingRequest request, Preset preset) =>
        request.Loss is null ? preset.Loss : LossNames.Find(request.Loss) ?? throw Problems.Fault(
            Names.Loss, request.Loss, $"expected {string.Join(" or ", LossNames.All)}");

    private static TrainerOptions Trainer(
        TrainingRequest request, Preset preset, LossKind loss, int resolution, int batch, double gamma, bool transfer)
    {
        double rate = request.GeneratorRate ?? preset.GeneratorRate ?? (resolution >= 1024 ? 0.002 : 0.0025);
        double pathLength = request.PathLengthWeight ?? preset.PathLengthWeight;
        var adam = new AdamOptions { Beta1 = 0, Beta2 = 0.99, Epsilon = 1e-8, LearningRate = rate };
        return new TrainerOptions
        {
            Loss = new LossOptions
            {
                Kind = loss,
                R1Gamma = gamma,
                PathLengthWeight = pathLength,
                StyleMixingProb = request.StyleMixing ?? preset.StyleMixing,
                BlurInitSigma = transfer ? 0 : preset.BlurSigma,
                BlurFadeImages = preset.BlurSigma > 0 && !transfer ? batch * 200_000.0 / 32 : 0,
            },
            GeneratorAdam = adam,
            DiscriminatorAdam = adam with { LearningRate = request.DiscriminatorRate ?? preset.DiscriminatorRate ?? rate },
            GeneratorInterval = pathLength > 0 && preset.Lazy ? 4 : null,
            DiscriminatorInterval = preset.Lazy ? 16 : null,
            AverageHalfLife = (request.AverageKimg ?? preset.AverageKimg ?? batch * 10.0 / 32) * 1000,
            AverageRampUp = transfer ? null : preset.RampUp,
            AverageDecay = request.AverageKimg is null ? preset.AverageDecay : null,
            DiscriminatorFirst = preset.PrecedesStyleGan2,
        };
    }

    private static AugmentationOptions Augmentation(TrainingRequest request, Preset preset, bool transfer)
    {
        var defaults = new AugmentationOptions();
        return new AugmentationOptions
        {
            Mode = AugmentationNames.Find(request.Augmentation ?? preset.Augmentation)!.Value,
            Pipeline = request.Pipeline?.ToLowerInvariant() ?? defaults.Pipeline,
            Policy = AugmentationNames.Find(request.Augmentation ?? preset.Augmentation) == AugmentationMode.DiffAugment
                ? request.DiffAugmentPolicy ?? DiffAugmentPolicies.Default : null,
            Strength = request.Strength ?? 0,
            Target = request.Target ?? defaults.Target,
            MaxStrength = request.MaxStrength ?? defaults.MaxStrength,
            Images = transfer ? AdaptiveImagesAfterTransfer : AdaptiveImages,
        };
    }

    private static (double Gamma, string Rule) Gamma(
        TrainingRequest request, Preset preset, LossKind loss, int resolution, int batch)
    {
        if (loss == LossKind.Wasserstein)
        {
            return (0, "none: the gradient penalty of the Wasserstein loss, with weight 10, takes its place");
        }

        static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
        if (request.Gamma is double given)
        {
            return (given, $"{Text(given)} as given");
        }

        if (preset.Gamma is double published)
        {
            return (published, $"{Text(published)}, the preset's");
        }

        double gamma = preset.GammaFactor * resolution * resolution / batch;
        string factor = preset.GammaFactor == 1.0 / 1024 ? "1/1024" : Text(preset.GammaFactor);
        return (gamma, $"{Text(gamma)} = {factor} * {resolution}^2 / {batch} (automatic; "
            + $"if training collapses or stays blurry try a fifth or five times of it)");
    }

    private static long Images(double kimg) => (long)Math.Round(kimg * 1000);
}
