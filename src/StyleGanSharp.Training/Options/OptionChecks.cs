using System.Globalization;
using System.Numerics;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Training.Augment;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Losses;

namespace StyleGanSharp.Training.Options;

/// <summary>Whether what a user asks for is in range and free of contradictions.</summary>
internal static class OptionChecks
{
    private const int LargestResolution = 1024;

    internal static void Numbers(TrainingRequest r, Problems problems)
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
        problems.Unless(r.LevelKimg is null or (>= 0 and <= 1e6), $"--level-kimg {Number(r.LevelKimg)}: a number from 0 is needed.");
        problems.Unless(r.FadeKimg is null or (>= 0 and <= 1e6), $"--fade-kimg {Number(r.FadeKimg)}: a number from 0 is needed.");
        problems.Unless(r.Data.Subset is null or >= 1, $"--subset {r.Data.Subset}: a whole number from 1 is needed.");
        problems.Unless(r.Data.Workers is >= 1 and <= 256, $"--workers {r.Data.Workers}: a whole number from 1 to 256 is needed.");
    }

    internal static void Pictures(TrainingRequest r, DatasetFacts data, Problems problems)
    {
        problems.Unless(
            r.Data.Subset is not int subset || data.Count is not int count || subset <= count,
            $"--subset {r.Data.Subset}: the data set has {data.Count} pictures; choose 1 to {data.Count}, or leave it out for all.");
        bool square = data.Width == data.Height;
        problems.Unless(
            square && BitOperations.IsPow2(data.Width) && data.Width is >= 8 and <= LargestResolution,
            $"The pictures of --data are {data.Width}x{data.Height}; networks need squares of 8, 16, 32, ... {LargestResolution}: " +
            $"make such a set with `dataset create --resolution {Nearest(data)}x{Nearest(data)}` and --transform center-crop, pad or squash.");
    }

    private static int Nearest(DatasetFacts data) =>
        (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, Math.Min(data.Width, data.Height) * 2 / 3)), 8, LargestResolution);

    internal static void Augmentation(TrainingRequest r, Preset preset, Problems problems)
    {
        string name = r.Augmentation ?? preset.Augmentation;
        AugmentationMode? mode = AugmentationNames.Find(name);
        problems.Unless(mode is not null, $"--aug {name}: noaug, fixed, ada or diffaug is needed.");
        problems.Unless(
            r.Pipeline is null || AugmentPresets.Names.Contains(r.Pipeline.ToLowerInvariant()),
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

    internal static void Batch(TrainingRequest r, int batch, int group, Problems problems)
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
                micro % group == 0, $"--batch-gpu {micro} is not a multiple of --mbstd-group {group}: groups must lie within one micro-batch.");
        }
    }

    /// <summary>Frozen layers of a discriminator that does not grow.</summary>
    /// <param name="r">What the user asks for.</param>
    /// <param name="architecture">How its blocks are connected.</param>
    /// <param name="resolution">Width and height of the pictures.</param>
    /// <param name="problems">Takes what is wrong.</param>
    internal static void Freezing(TrainingRequest r, Architecture architecture, int resolution, Problems problems)
    {
        // Blocks from the full resolution down to 8x8 with two convolutions each, besides those that read the picture and that skip; the block at 4x4 always learns.
        int blocks = BitOperations.Log2((uint)Math.Max(resolution, 4)) - 2;
        int layers = architecture == Architecture.Resnet ? (3 * blocks) + 1 : architecture == Architecture.Skip ? 3 * blocks : (2 * blocks) + 1;
        problems.Unless(
            r.FreezeLayers is not int frozen || frozen <= layers,
            $"--freezed {r.FreezeLayers}: the discriminator of {resolution}x{resolution} has {layers} layers that can be frozen; choose 0 to {layers}.");
    }

    /// <summary>Options that only some presets know.</summary>
    internal static void Recipe(TrainingRequest r, Preset preset, LossKind loss, Problems problems)
    {
        bool older = preset.PrecedesStyleGan2;
        problems.Unless(
            loss == LossKind.Logistic || older, $"--loss wgan-gp: only the presets progan and stylegan1 train with it, --cfg {preset.Name} does not.");
        problems.Unless(
            loss == LossKind.Logistic || r.Gamma is null,
            "--gamma is the weight of R1, which --loss wgan-gp replaces with its gradient penalty: leave it out, or choose --loss logistic.");
        problems.Unless(
            !older || r.PathLengthWeight is null or 0, $"--pl-weight: --cfg {preset.Name} has no path length regularisation: leave it out.");
        problems.Unless(
            preset.StyleMixing > 0 || !older || r.StyleMixing is null or 0,
            $"--style-mixing: --cfg {preset.Name} mixes no styles in this configuration; leave it out, or choose --cfg stylegan1 --variant f.");
        problems.Unless(
            r.Precision == Precision.Float32 || !preset.Family.Grows,
            $"--precision fast: networks of --cfg {preset.Name} have no faster form; leave it out.");
        problems.Unless(
            !preset.Family.Grows || r.FreezeLayers is null or 0, $"--freezed: --cfg {preset.Name} cannot freeze layers; leave it out.");
        problems.Unless(
            preset.MappingLayers > 0 || !older || r.MappingLayers is null or 0,
            $"--map-depth: --cfg {preset.Name} has no mapping network in this configuration; leave it out.");
        foreach ((string option, bool given) in new[]
        {
            ("--grow-from", r.GrowFrom is not null), ("--level-kimg", r.LevelKimg is not null), ("--fade-kimg", r.FadeKimg is not null),
            ("--level-batch", r.LevelBatch is not null),
        })
        {
            problems.Unless(
                preset.Growth is not null || !given,
                $"{option}: networks of --cfg {preset.Name} do not grow; leave it out, or choose progan, stylegan1, or stylegan2 with --variant b, c or d.");
        }
    }

    /// <summary>Batches of every resolution of a growing network.</summary>
    internal static void Growth(TrainingRequest r, GrowthOptions growth, int group, Problems problems)
    {
        foreach (GrowthLevel level in growth.Levels.Where(l => l.Resolution >= growth.InitialResolution))
        {
            int own = Math.Min(group, level.Batch);
            problems.Unless(
                own < 1 || level.Batch % own == 0,
                $"--mbstd-group {group} does not divide the batch of {level.Batch} at {level.Resolution}x{level.Resolution}: choose another group, or --level-batch.");
            problems.Unless(
                r.MicroBatch is not int micro || micro < 1 || level.Batch <= micro || level.Batch % micro == 0 && micro % own == 0,
                $"--batch-gpu {r.MicroBatch} does not divide the batch of {level.Batch} at {level.Resolution}x{level.Resolution} into whole groups of {own}: " +
                "choose another one, or leave it out.");
        }
    }

    private static IEnumerable<int> Divisors(int number) => Enumerable.Range(1, number).Where(d => number % d == 0);

    private static string? Number(double? value) => value?.ToString(CultureInfo.InvariantCulture);
}
