using StyleGanSharp.Data.Options;

namespace StyleGanSharp.Training.Options;

/// <summary>
/// Names of the options of training inside sentences: the properties of <see cref="TrainingRequest"/> and of a session.
/// </summary>
internal static class Names
{
    internal static OptionName Preset => new("preset");

    internal static OptionName Variant => new("variant");

    internal static OptionName Loss => new("loss");

    internal static OptionName GrowFrom => new("growFrom");

    internal static OptionName LevelKimg => new("levelKimg");

    internal static OptionName FadeKimg => new("fadeKimg");

    internal static OptionName LevelBatch => new("levelBatch");

    internal static OptionName Data => new("data.path");

    internal static OptionName UseLabels => new("data.useLabels");

    internal static OptionName Subset => new("data.subset");

    internal static OptionName Workers => new("data.workers");

    internal static OptionName Batch => new("batch");

    internal static OptionName MicroBatch => new("microBatch");

    internal static OptionName Gamma => new("gamma");

    internal static OptionName ChannelBase => new("channelBase");

    internal static OptionName ChannelMax => new("channelMax");

    internal static OptionName MappingLayers => new("mappingLayers");

    internal static OptionName LatentSize => new("latentSize");

    internal static OptionName GroupSize => new("groupSize");

    internal static OptionName GeneratorRate => new("generatorRate");

    internal static OptionName DiscriminatorRate => new("discriminatorRate");

    internal static OptionName PathLengthWeight => new("pathLengthWeight");

    internal static OptionName StyleMixing => new("styleMixing");

    internal static OptionName Precision => new("precision");

    internal static OptionName AverageKimg => new("averageKimg");

    internal static OptionName Augmentation => new("augmentation");

    internal static OptionName Pipeline => new("pipeline");

    internal static OptionName Policy => new("diffAugmentPolicy");

    internal static OptionName Strength => new("strength");

    internal static OptionName Target => new("target");

    internal static OptionName MaxStrength => new("maxStrength");

    internal static OptionName FreezeLayers => new("freezeLayers");

    internal static OptionName StartFrom => new("startFrom");

    internal static OptionName Kimg => new("kimg");

    internal static OptionName TickKimg => new("tickKimg");

    internal static OptionName SnapshotTicks => new("snapshotTicks");

    internal static OptionName Processes => new("processes");

    internal static OptionName OneDeviceEach => new("oneDeviceEach");

    internal static OptionName Threads => new("threads");

    internal static OptionName Device => new("device");

    internal static OptionName SaveMinutes => new("saveMinutes");

    internal static OptionName Metrics => new("metrics");

    internal static OptionName Detector => new("detector");

    internal static OptionName MetricSamples => new("metricSamples");
}
