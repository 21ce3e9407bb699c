using System.Globalization;
using System.Numerics;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Options;
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
        Whole(Names.Batch, r.Batch, 1, 65536);
        Whole(Names.MicroBatch, r.MicroBatch, 1);
        Number(Names.Gamma, r.Gamma, r.Gamma is >= 0 and <= 1e6, "from 0");
        Whole(Names.ChannelBase, r.ChannelBase, 16, 1 << 20);
        Whole(Names.ChannelMax, r.ChannelMax, 1, 8192);
        Whole(Names.MappingLayers, r.MappingLayers, 0, 32);
        Whole(Names.LatentSize, r.LatentSize, 1, 8192);
        Whole(Names.GroupSize, r.GroupSize, 1);
        Number(Names.GeneratorRate, r.GeneratorRate, r.GeneratorRate is > 0 and <= 1, "above 0, at most 1");
        Number(Names.DiscriminatorRate, r.DiscriminatorRate, r.DiscriminatorRate is > 0 and <= 1, "above 0, at most 1");
        Number(Names.PathLengthWeight, r.PathLengthWeight, r.PathLengthWeight is >= 0 and <= 1e6, "from 0");
        Number(Names.StyleMixing, r.StyleMixing, r.StyleMixing is >= 0 and <= 1, "from 0 to 1");
        Number(Names.AverageKimg, r.AverageKimg, r.AverageKimg is > 0 and <= 1e6, "above 0");
        Whole(Names.FreezeLayers, r.FreezeLayers, 0);
        Number(Names.Kimg, r.Kimg, r.Kimg is > 0 and <= 1e9, "above 0");
        Number(Names.TickKimg, r.TickKimg, r.TickKimg is > 0 and <= 1e6, "above 0");
        problems.Unless(r.SnapshotTicks is null or >= 0, Names.SnapshotTicks, r.SnapshotTicks,
            "expected a whole number from 0 (0: only the last)");
        Number(Names.LevelKimg, r.LevelKimg, r.LevelKimg is >= 0 and <= 1e6, "from 0");
        Number(Names.FadeKimg, r.FadeKimg, r.FadeKimg is >= 0 and <= 1e6, "from 0");
        Whole(Names.Subset, r.Data.Subset, 1);
        Whole(Names.Workers, r.Data.Workers, 1, 256);

        void Whole(OptionName option, int? value, int least, int most = int.MaxValue) => problems.Unless(
            value is null || (value >= least && value <= most), option, value,
            $"expected a whole number from "
                + $"{least}{(most == int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $" to {most}"))}");

        void Number(OptionName option, double? value, bool fine, string range) =>
            RequireNumber(option, value, fine, range, problems);
    }

    internal static void Pictures(TrainingRequest r, DatasetFacts data, Problems problems)
    {
        problems.Unless(
            r.Data.Subset is not int subset || data.Count is not int count || subset <= count, Names.Subset, r.Data.Subset,
            $"the data set has {data.Count} images; choose 1 to {data.Count}, or leave it out for all");
        bool square = data.Width == data.Height;
        problems.Unless(
            square && BitOperations.IsPow2(data.Width) && data.Width is >= 8 and <= LargestResolution, Names.Data, r.Data.Path,
            $"has images of {data.Width}x{data.Height}; networks need squares of 8, 16, 32, ... {LargestResolution}",
            new CreationAdvice(r.Data.Path) { Side = Nearest(data) });
    }

    private static int Nearest(DatasetFacts data) =>
        (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, Math.Min(data.Width, data.Height) * 2 / 3)), 8,
            LargestResolution);

    internal static void Augmentation(TrainingRequest r, Preset preset, Problems problems)
    {
        string name = r.Augmentation ?? preset.Augmentation;
        AugmentationMode? mode = AugmentationNames.Find(name);
        bool isTuned = (r.Strength ?? r.Target ?? r.MaxStrength) is not null || r.Pipeline is not null;
        problems.Unless(mode is not null, Names.Augmentation, name, "expected noaug, fixed, ada or diffaug");
        problems.Unless(
            r.Pipeline is null || AugmentPresets.Names.Contains(r.Pipeline.ToLowerInvariant()), Names.Pipeline, r.Pipeline,
            $"expected one of {string.Join(", ", AugmentPresets.Names)}");
        RequireNumber(Names.Strength, r.Strength, r.Strength is >= 0 and <= 1, "from 0 to 1", problems);
        RequireNumber(Names.Target, r.Target, r.Target is > 0 and < 1, "between 0 and 1", problems);
        RequireNumber(Names.MaxStrength, r.MaxStrength, r.MaxStrength is > 0 and <= 1, "above 0, at most 1", problems);
        problems.Unless(
            mode != AugmentationMode.Fixed || r.Strength is not null, Names.Augmentation, "fixed",
            $"needs the strength: give {Names.Strength}, for instance {Names.Strength} 0.2");
        problems.Unless(
            mode != AugmentationMode.None || !isTuned, Names.Augmentation, "noaug",
            $"contradicts {Names.Strength}, {Names.Target}, {Names.MaxStrength} and {Names.Pipeline}: leave them out");
        problems.Unless(
            mode != AugmentationMode.DiffAugment || !isTuned, Names.Augmentation, "diffaug",
            $"has no strength and contradicts {Names.Strength}, {Names.Target}, {Names.MaxStrength} and "
                + $"{Names.Pipeline}: leave them out, "
            + $"or use {Names.Augmentation} ada");
        problems.Unless(
            r.DiffAugmentPolicy is null
                || mode == AugmentationMode.DiffAugment, Names.Policy, null, $"needs {Names.Augmentation} diffaug");
        problems.Unless(
            r.DiffAugmentPolicy is null
                || DiffAugmentPolicies.TryParse(r.DiffAugmentPolicy) is not null, Names.Policy, r.DiffAugmentPolicy,
            "expected one or more of color, translation and cutout, separated by commas");
        problems.Unless(
            mode != AugmentationMode.Fixed || r.Target is null, Names.Augmentation, "fixed",
            $"contradicts {Names.Target}: leave it out, or use {Names.Augmentation} ada");
        problems.Unless(
            r.Strength is not double p || r.MaxStrength is not double max || p <= max, Names.Strength, r.Strength,
            $"is larger than {Names.MaxStrength} {r.MaxStrength}: raise {Names.MaxStrength} or lower {Names.Strength}");
    }

    internal static void Batch(TrainingRequest r, int batch, int group, Problems problems)
    {
        if (batch < 1 || group < 1 || r.MicroBatch is < 1)
        {
            return; // Reported already.
        }

        problems.Unless(
            batch % group == 0, Names.GroupSize, group,
            $"does not divide {Names.Batch} {batch}: choose {string.Join(", ", Divisors(batch))}");
        if (r.MicroBatch is int micro)
        {
            problems.Unless(
                batch % micro == 0, Names.MicroBatch, micro,
                $"does not divide {Names.Batch} {batch}: choose {string.Join(", ", Divisors(batch))}");
            problems.Unless(
                micro % group == 0, Names.MicroBatch, micro,
                $"is not a multiple of {Names.GroupSize} {group}: groups must lie within one micro-batch");
        }
    }

    /// <summary>Frozen layers of a discriminator that does not grow.</summary>
    /// <param name="r">What the user asks for.</param>
    /// <param name="architecture">How its blocks are connected.</param>
    /// <param name="resolution">Width and height of the images.</param>
    /// <param name="problems">Takes what is wrong.</param>
    internal static void Freezing(TrainingRequest r, Architecture architecture, int resolution, Problems problems)
    {
        // Blocks from the full resolution down to 8x8 with two convolutions each, besides those that read the image and that
        // skip; the block at 4x4 always learns.
        int blocks = BitOperations.Log2((uint)Math.Max(resolution, 4)) - 2;
        int layers = architecture switch
        {
            Architecture.Resnet => (3 * blocks) + 1,
            Architecture.Skip => 3 * blocks,
            _ => (
            2 * blocks) + 1
        };
        problems.Unless(
            r.FreezeLayers is not int frozen || frozen <= layers, Names.FreezeLayers, r.FreezeLayers,
            $"the discriminator of {resolution}x{resolution} has {layers} layers that can be frozen; choose 0 to {layers}");
    }

    /// <summary>Options that only some presets know.</summary>
    internal static void Recipe(TrainingRequest r, Preset preset, LossKind loss, Problems problems)
    {
        bool older = preset.PrecedesStyleGan2;
        problems.Unless(
            loss == LossKind.Logistic || older, Names.Loss, "wgan-gp",
            $"only the presets progan and stylegan1 train with it, {Names.Preset} {preset.Name} does not");
        problems.Unless(
            loss == LossKind.Logistic || r.Gamma is null, Names.Gamma, null,
            $"is the weight of R1, which {Names.Loss} wgan-gp replaces with its gradient penalty: leave it out, "
                + $"or choose {Names.Loss} logistic");
        problems.Unless(
            !older || r.PathLengthWeight is null or 0, Names.PathLengthWeight, null,
            $"{Names.Preset} {preset.Name} has no path length regularization: leave it out");
        problems.Unless(
            preset.StyleMixing > 0 || !older || r.StyleMixing is null or 0, Names.StyleMixing, null,
            $"{Names.Preset} {preset.Name} mixes no styles in this configuration; leave it out, "
                + $"or choose {Names.Preset} stylegan1 "
            + $"{Names.Variant} f");
        problems.Unless(
            r.Precision == Precision.Float32 || !preset.Family.Grows, Names.Precision, "fast",
            $"networks of {Names.Preset} {preset.Name} have no faster form; leave it out");
        problems.Unless(
            !preset.Family.Grows || r.FreezeLayers is null or 0, Names.FreezeLayers, null,
            $"{Names.Preset} {preset.Name} cannot freeze layers; leave it out");
        problems.Unless(
            preset.MappingLayers > 0 || !older || r.MappingLayers is null or 0, Names.MappingLayers, null,
            $"{Names.Preset} {preset.Name} has no mapping network in this configuration; leave it out");
        problems.Unless(
            preset.Family != NetworkFamilies.StyleGan3 || r.MappingLayers is not 0, Names.MappingLayers, 0,
            $"{Names.Preset} {preset.Name} needs at least 1 layer; only StyleGAN and StyleGAN2 train without, "
                + $"choose {Names.Preset} stylegan1 or stylegan2");
        Grows(Names.GrowFrom, r.GrowFrom is not null);
        Grows(Names.LevelKimg, r.LevelKimg is not null);
        Grows(Names.FadeKimg, r.FadeKimg is not null);
        Grows(Names.LevelBatch, r.LevelBatch is not null);

        void Grows(OptionName option, bool given) => problems.Unless(
            preset.Growth is not null || !given, option, null,
            $"networks of {Names.Preset} {preset.Name} do not grow; leave it out, or choose progan, stylegan1, or stylegan2 with "
            + $"{Names.Variant} b, c or d");
    }

    /// <summary>Batches of every resolution of a growing network.</summary>
    internal static void Growth(TrainingRequest r, GrowthOptions growth, int group, Problems problems)
    {
        foreach (GrowthLevel level in growth.Levels.Where(l => l.Resolution >= growth.InitialResolution))
        {
            int own = Math.Min(group, level.Batch);
            problems.Unless(
                own < 1 || level.Batch % own == 0, Names.GroupSize, group,
                $"does not divide the batch of {level.Batch} at {level.Resolution}x{level.Resolution}: "
                    + $"choose another group, or {Names.LevelBatch}");
            problems.Unless(
                r.MicroBatch is not int micro || micro < 1 || level.Batch <= micro
                    || (level.Batch % micro == 0 && micro % own == 0),
                Names.MicroBatch, r.MicroBatch,
                $"does not divide the batch of {level.Batch} at {level.Resolution}x{level.Resolution} "
                    + $"into whole groups of {own}: "
                + $"choose another one, or leave it out");
        }
    }

    private static void RequireNumber(OptionName option, double? value, bool fine, string range, Problems problems) =>
        problems.Unless(value is null || fine, option, value, $"expected a number {range}");

    private static IEnumerable<int> Divisors(int number) => Enumerable.Range(1, number).Where(d => number % d == 0);
}
