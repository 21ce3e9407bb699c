using System.Globalization;
using System.Numerics;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch.Optimizers;
using StyleGanSharp.Training.Augment;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Options;

/// <summary>A request over a preset, checked as a whole, to the options of a run.</summary>
public static class OptionResolver
{
    private const int LargestResolution = 1024;

    // With a snapshot to start from, the strength may follow faster, and nothing has to ramp up (StyleGAN2-ADA, StyleGAN3).
    private const double AdaptiveImages = 500_000;
    private const double AdaptiveImagesAfterTransfer = 100_000;

    /// <summary>Resolves a request.</summary>
    /// <param name="request">What the user asks for.</param>
    /// <param name="data">What the pictures are.</param>
    /// <param name="start">Networks to start from, whose architecture then counts; null: fresh ones.</param>
    /// <exception cref="TrainingOptionsException">Something is out of range or contradictory; all problems are listed.</exception>
    public static TrainingOptions Resolve(TrainingRequest request, DatasetFacts data, StartingNetworks? start = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(data);
        Preset preset = Presets.Find(request.Preset) ?? throw new TrainingOptionsException(
            [$"--cfg {request.Preset}: there is no such preset; there are {string.Join(", ", Presets.All.Select(p => p.Name))}."]);
        var problems = new Problems();
        CheckNumbers(request, problems);
        CheckPictures(data, problems);
        CheckAugmentation(request, problems);

        int resolution = data.Width;
        int batch = request.Batch ?? preset.Batch ?? Math.Max(Math.Min(4096 / Math.Max(resolution, 1), 32), 1);
        int group = request.GroupSize ?? Math.Min(preset.GroupSize ?? Math.Min(batch, 4), batch);
        CheckBatch(request, batch, group, problems);
        foreach (string problem in start is null ? [] : TransferChecks.Problems(start, request, preset, data))
        {
            problems.Unless(false, problem);
        }

        problems.ThrowIfAny();

        (double gamma, string rule) = Gamma(request, preset, resolution, batch);
        bool transfer = start is not null;
        int labels = request.Data.UseLabels ? data.LabelSize : 0;
        int channelBase = request.ChannelBase ?? preset.ChannelBase ?? (resolution >= 512 ? 32768 : 16384);
        int channelMax = request.ChannelMax ?? preset.ChannelMax;
        var options = new TrainingOptions
        {
            Preset = preset.Name,
            Data = request.Data with { UseLabels = labels > 0 },
            Batch = batch,
            MicroBatch = request.MicroBatch,
            Seed = request.Seed,
            StartFrom = request.StartFrom,
            GammaRule = rule,
            TotalImages = Images(request.Kimg ?? preset.Kimg),
            TickImages = Math.Max(1, Images(request.TickKimg ?? preset.TickKimg)),
            SnapshotTicks = request.SnapshotTicks ?? 50,
            StyleGan2 = start is not null ? start.StyleGan2 : preset.Generator == GeneratorKind.StyleGan2 ? StyleGan2(request, preset, data, labels, channelBase, channelMax) : null,
            StyleGan3 = start is not null ? start.StyleGan3 : preset.Generator != GeneratorKind.StyleGan2 ? StyleGan3(request, preset, data, labels, batch, channelBase, channelMax) : null,
            Discriminator = (start?.Discriminator ?? new DiscriminatorOptions
            {
                Resolution = resolution,
                ImageChannels = data.Channels,
                CDim = labels,
                ChannelBase = start?.ChannelBase ?? channelBase,
                ChannelMax = start?.ChannelMax ?? channelMax,
                Architecture = preset.Architecture,
            }) with
            {
                MbStdGroupSize = group,
                FreezeLayers = request.FreezeLayers ?? 0,
            },
            Trainer = Trainer(request, preset, resolution, batch, gamma, transfer),
            Augmentation = Augmentation(request, transfer),
        };
        return options;
    }

    private static TrainerOptions Trainer(TrainingRequest request, Preset preset, int resolution, int batch, double gamma, bool transfer)
    {
        double rate = request.GeneratorRate ?? preset.GeneratorRate ?? (resolution >= 1024 ? 0.002 : 0.0025);
        double pathLength = request.PathLengthWeight ?? preset.PathLengthWeight;
        var adam = new AdamOptions { Beta1 = 0, Beta2 = 0.99, Epsilon = 1e-8, LearningRate = rate };
        return new TrainerOptions
        {
            Loss = new LossOptions
            {
                R1Gamma = gamma,
                PathLengthWeight = pathLength,
                StyleMixingProb = request.StyleMixing ?? preset.StyleMixing,
                BlurInitSigma = preset.Generator == GeneratorKind.StyleGan3R && !transfer ? 10 : 0,
                BlurFadeImages = preset.Generator == GeneratorKind.StyleGan3R && !transfer ? batch * 200_000.0 / 32 : 0,
            },
            GeneratorAdam = adam,
            DiscriminatorAdam = adam with { LearningRate = request.DiscriminatorRate ?? preset.DiscriminatorRate ?? rate },
            GeneratorInterval = pathLength > 0 ? 4 : null,
            DiscriminatorInterval = 16,
            AverageHalfLife = (request.AverageKimg ?? preset.AverageKimg ?? batch * 10.0 / 32) * 1000,
            AverageRampUp = transfer ? null : preset.RampUp,
        };
    }

    private static AugmentationOptions Augmentation(TrainingRequest request, bool transfer)
    {
        var defaults = new AugmentationOptions();
        return new AugmentationOptions
        {
            Mode = Mode(request.Augmentation ?? "ada")!.Value,
            Pipeline = request.Pipeline ?? defaults.Pipeline,
            Policy = request.Augmentation == "diffaug" ? request.DiffAugmentPolicy ?? DiffAugmentPolicies.Default : null,
            Strength = request.Strength ?? 0,
            Target = request.Target ?? defaults.Target,
            MaxStrength = request.MaxStrength ?? defaults.MaxStrength,
            Images = transfer ? AdaptiveImagesAfterTransfer : AdaptiveImages,
        };
    }

    private static GeneratorOptions StyleGan2(
        TrainingRequest request, Preset preset, DatasetFacts data, int labels, int channelBase, int channelMax) => new()
        {
            Resolution = data.Width,
            ImageChannels = data.Channels,
            CDim = labels,
            ZDim = request.LatentSize ?? preset.LatentSize,
            WDim = request.LatentSize ?? preset.LatentSize,
            ChannelBase = channelBase,
            ChannelMax = channelMax,
            Mapping = new MappingOptions { NumLayers = request.MappingLayers ?? preset.MappingLayers },
        };

    private static Networks.StyleGan3.GeneratorOptions StyleGan3(
        TrainingRequest request, Preset preset, DatasetFacts data, int labels, int batch, int channelBase, int channelMax)
    {
        bool rotation = preset.Generator == GeneratorKind.StyleGan3R;
        return new Networks.StyleGan3.GeneratorOptions
        {
            Resolution = data.Width,
            ImageChannels = data.Channels,
            CDim = labels,
            ZDim = request.LatentSize ?? preset.LatentSize,
            WDim = request.LatentSize ?? preset.LatentSize,
            ChannelBase = rotation ? channelBase * 2 : channelBase,
            ChannelMax = rotation ? channelMax * 2 : channelMax,
            KernelSize = rotation ? 1 : 3,
            UseRadialFilters = rotation,
            MagnitudeEmaBeta = Math.Pow(0.5, batch / 20_000.0),
            Mapping = new MappingOptions { NumLayers = request.MappingLayers ?? preset.MappingLayers },
        };
    }

    private static (double Gamma, string Rule) Gamma(TrainingRequest request, Preset preset, int resolution, int batch)
    {
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
        return (gamma, $"{Text(gamma)} = {factor} * {resolution}^2 / {batch} (automatic; if training collapses or stays blurry try a fifth or five times of it)");
    }

    private static void CheckNumbers(TrainingRequest r, Problems problems)
    {
        problems.Unless(r.Batch is null or (>= 1 and <= 65536), $"--batch {r.Batch}: a whole number from 1 to 65536 is needed.");
        problems.Unless(r.MicroBatch is null or >= 1, $"--batch-gpu {r.MicroBatch}: a whole number from 1 is needed.");
        problems.Unless(r.Gamma is null or (>= 0 and <= 1e6), $"--gamma {Number(r.Gamma)}: a number from 0 is needed.");
        problems.Unless(r.ChannelBase is null or (>= 16 and <= 1 << 20), $"--cbase {r.ChannelBase}: a whole number from 16 to 1048576 is needed.");
        problems.Unless(r.ChannelMax is null or (>= 1 and <= 8192), $"--cmax {r.ChannelMax}: a whole number from 1 to 8192 is needed.");
        problems.Unless(r.MappingLayers is null or (>= 1 and <= 32), $"--map-depth {r.MappingLayers}: a whole number from 1 to 32 is needed.");
        problems.Unless(r.LatentSize is null or (>= 1 and <= 8192), $"--latent {r.LatentSize}: a whole number from 1 to 8192 is needed.");
        problems.Unless(r.GroupSize is null or >= 1, $"--mbstd-group {r.GroupSize}: a whole number from 1 is needed.");
        problems.Unless(r.GeneratorRate is null or (> 0 and <= 1), $"--glr {Number(r.GeneratorRate)}: a number above 0, at most 1, is needed.");
        problems.Unless(r.DiscriminatorRate is null or (> 0 and <= 1), $"--dlr {Number(r.DiscriminatorRate)}: a number above 0, at most 1, is needed.");
        problems.Unless(r.PathLengthWeight is null or (>= 0 and <= 1e6), $"--pl-weight {Number(r.PathLengthWeight)}: a number from 0 is needed.");
        problems.Unless(r.StyleMixing is null or (>= 0 and <= 1), $"--style-mixing {Number(r.StyleMixing)}: a number from 0 to 1 is needed.");
        problems.Unless(r.AverageKimg is null or (> 0 and <= 1e6), $"--ema-kimg {Number(r.AverageKimg)}: a number above 0 is needed.");
        problems.Unless(r.FreezeLayers is null or >= 0, $"--freezed {r.FreezeLayers}: a whole number from 0 is needed.");
        problems.Unless(r.Kimg is null or (> 0 and <= 1e9), $"--kimg {Number(r.Kimg)}: a number above 0 is needed.");
        problems.Unless(r.TickKimg is null or (> 0 and <= 1e6), $"--tick {Number(r.TickKimg)}: a number above 0 is needed.");
        problems.Unless(r.SnapshotTicks is null or >= 0, $"--snap {r.SnapshotTicks}: a whole number from 0 is needed (0: only the last).");
        problems.Unless(r.Data.Subset is null or >= 1, $"--subset {r.Data.Subset}: a whole number from 1 is needed.");
        problems.Unless(r.Data.Workers is >= 1 and <= 256, $"--workers {r.Data.Workers}: a whole number from 1 to 256 is needed.");
    }

    private static void CheckPictures(DatasetFacts data, Problems problems)
    {
        bool square = data.Width == data.Height;
        problems.Unless(
            square && BitOperations.IsPow2(data.Width) && data.Width is >= 8 and <= LargestResolution,
            $"The pictures of --data are {data.Width}x{data.Height}; networks need squares of 8, 16, 32, ... {LargestResolution}: " +
            $"make such a set with `dataset create --resolution {Nearest(data)}x{Nearest(data)}` and --transform center-crop, pad or squash.");
    }

    private static int Nearest(DatasetFacts data) =>
        (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, Math.Min(data.Width, data.Height) * 2 / 3)), 8, LargestResolution);

    private static void CheckAugmentation(TrainingRequest r, Problems problems)
    {
        string name = r.Augmentation ?? "ada";
        AugmentationMode? mode = Mode(name);
        problems.Unless(mode is not null, $"--aug {name}: noaug, fixed, ada or diffaug is needed.");
        problems.Unless(
            r.Pipeline is null || AugmentPresets.Names.Contains(r.Pipeline),
            $"--augpipe {r.Pipeline}: there is no such pipeline; there are {string.Join(", ", AugmentPresets.Names)}.");
        problems.Unless(r.Strength is null or (>= 0 and <= 1), $"--p {Number(r.Strength)}: a number from 0 to 1 is needed.");
        problems.Unless(r.Target is null or (> 0 and < 1), $"--target {Number(r.Target)}: a number between 0 and 1 is needed.");
        problems.Unless(r.MaxStrength is null or (> 0 and <= 1), $"--p-max {Number(r.MaxStrength)}: a number above 0, at most 1, is needed.");
        problems.Unless(mode != AugmentationMode.Fixed || r.Strength is not null, "--aug fixed needs the strength: add --p, for instance --p 0.2.");
        problems.Unless(mode != AugmentationMode.None || (r.Strength ?? r.Target ?? r.MaxStrength) is null && r.Pipeline is null,
            "--aug noaug contradicts --p, --target, --p-max and --augpipe: leave them out.");
        problems.Unless(mode != AugmentationMode.DiffAugment || (r.Strength ?? r.Target ?? r.MaxStrength) is null && r.Pipeline is null,
            "--aug diffaug has no strength and contradicts --p, --target, --p-max and --augpipe: leave them out, or use --aug ada.");
        problems.Unless(r.DiffAugmentPolicy is null || mode == AugmentationMode.DiffAugment, "--diffaug-policy needs --aug diffaug.");
        problems.Unless(
            r.DiffAugmentPolicy is null || DiffAugmentPolicies.TryParse(r.DiffAugmentPolicy) is not null,
            $"--diffaug-policy {r.DiffAugmentPolicy}: one or more of color, translation and cutout, separated by commas, are needed.");
        problems.Unless(mode != AugmentationMode.Fixed || r.Target is null, "--aug fixed contradicts --target: leave it out, or use --aug ada.");
        problems.Unless(
            r.Strength is not double p || r.MaxStrength is not double max || p <= max, "--p is larger than --p-max: raise --p-max or lower --p.");
    }

    private static void CheckBatch(TrainingRequest r, int batch, int group, Problems problems)
    {
        if (batch < 1 || group < 1 || r.MicroBatch is < 1)
        {
            return; // Said already.
        }

        problems.Unless(
            batch % group == 0, $"--mbstd-group {group} does not divide --batch {batch}: choose {string.Join(", ", Divisors(batch))}.");
        if (r.MicroBatch is int micro)
        {
            problems.Unless(
                batch % micro == 0, $"--batch-gpu {micro} does not divide --batch {batch}: choose {string.Join(", ", Divisors(batch))}.");
            problems.Unless(
                micro % group == 0, $"--batch-gpu {micro} is no multiple of --mbstd-group {group}: groups must lie within one micro-batch.");
        }
    }

    private static IEnumerable<int> Divisors(int number) => Enumerable.Range(1, number).Where(d => number % d == 0);

    private static AugmentationMode? Mode(string name) => name switch
    {
        "noaug" => AugmentationMode.None,
        "fixed" => AugmentationMode.Fixed,
        "ada" => AugmentationMode.Adaptive,
        "diffaug" => AugmentationMode.DiffAugment,
        _ => null,
    };

    private static long Images(double kimg) => (long)Math.Round(kimg * 1000);

    private static string? Number(double? value) => value?.ToString(CultureInfo.InvariantCulture);

    private sealed class Problems
    {
        private readonly List<string> sentences = [];

        internal void Unless(bool fine, string sentence)
        {
            if (!fine)
            {
                sentences.Add(sentence);
            }
        }

        internal void ThrowIfAny()
        {
            if (sentences.Count > 0)
            {
                throw new TrainingOptionsException(sentences);
            }
        }
    }
}
