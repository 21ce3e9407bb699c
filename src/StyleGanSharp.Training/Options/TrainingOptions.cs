using System.Text.Json.Serialization;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Options;

/// <summary>Everything a training run is: resolved, validated, and stored in its folder as options.json.</summary>
public sealed record TrainingOptions
{
    /// <summary>The preset that it started from.</summary>
    public required string Preset { get; init; }

    /// <summary>Configuration of the paper's ablation, a letter; null: the preset has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variant { get; init; }

    /// <summary>What is trained on.</summary>
    public required DataOptions Data { get; init; }

    /// <summary>The generator, where it is a StyleGAN2, growing where there is a <see cref="Growth"/>; exactly one of the four is there.</summary>
    public GeneratorOptions? StyleGan2 { get; init; }

    /// <summary>The generator, where it is a StyleGAN3.</summary>
    public Networks.StyleGan3.GeneratorOptions? StyleGan3 { get; init; }

    /// <summary>The generator, where it is a ProGAN.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Networks.ProGan.GeneratorOptions? ProGan { get; init; }

    /// <summary>The generator, where it is a StyleGAN.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Networks.StyleGan1.GeneratorOptions? StyleGan1 { get; init; }

    /// <summary>The discriminator of StyleGAN2 and StyleGAN3; exactly one of the three is there.</summary>
    public DiscriminatorOptions? Discriminator { get; init; }

    /// <summary>The discriminator of ProGAN.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Networks.ProGan.DiscriminatorOptions? ProGanDiscriminator { get; init; }

    /// <summary>The discriminator of StyleGAN.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Networks.StyleGan1.DiscriminatorOptions? StyleGan1Discriminator { get; init; }

    /// <summary>The schedule of progressive growing; null: the networks have their full resolution from the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GrowthOptions? Growth { get; init; }

    /// <summary>Losses, optimizers, running average.</summary>
    public required TrainerOptions Trainer { get; init; }

    /// <summary>Augmentation.</summary>
    public required AugmentationOptions Augmentation { get; init; }

    /// <summary>Images of an iteration; of a growing network at its full resolution.</summary>
    public required int Batch { get; init; }

    /// <summary>Images whose graph is in memory at one time, a divisor of <see cref="Batch"/>; null: chosen from the free memory.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>Of the convolutions of generator and discriminator; the running average makes its pictures in float32.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Precision Precision { get; init; }

    /// <summary>Seed of every draw.</summary>
    public uint Seed { get; init; }

    /// <summary>Length of the run in images.</summary>
    public required long TotalImages { get; init; }

    /// <summary>Images from one status line to the next.</summary>
    public required long TickImages { get; init; }

    /// <summary>Ticks from one snapshot to the next; 0: only the last one.</summary>
    public required int SnapshotTicks { get; init; }

    /// <summary>A snapshot whose weights the run starts from (transfer learning); null: fresh weights.</summary>
    public string? StartFrom { get; init; }

    /// <summary>How gamma came about, for the user.</summary>
    public required string GammaRule { get; init; }

    /// <summary>Width and height of the pictures.</summary>
    public int Resolution => Discriminator?.Resolution ?? ProGanDiscriminator?.Resolution ?? StyleGan1Discriminator!.Resolution;

    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    public int LabelSize => Discriminator?.CDim ?? ProGanDiscriminator?.CDim ?? StyleGan1Discriminator!.CDim;

    /// <summary>Samples compared by the minibatch standard deviation; null: a whole micro-batch.</summary>
    internal int? GroupSize => Discriminator is { } two ? two.MbStdGroupSize
        : ProGanDiscriminator is { } growing ? growing.MbStdGroupSize ?? 1
        : Math.Max(StyleGan1Discriminator!.MbStdGroupSize, 1);

    /// <summary>Feature maps of the discriminator at a resolution.</summary>
    internal int FeatureMaps(int resolution) =>
        ProGanDiscriminator is { } growing ? growing.Channels.Channels(resolution)
        : StyleGan1Discriminator is { } one ? Math.Min(one.ChannelBase / resolution, one.ChannelMax)
        : Math.Min(Discriminator!.ChannelBase / resolution, Discriminator.ChannelMax);

    /// <summary>Images of an iteration, at every resolution that is trained.</summary>
    [JsonIgnore]
    public IEnumerable<int> Batches =>
        Growth is { } growth ? growth.Levels.Where(l => l.Resolution >= growth.InitialResolution).Select(l => l.Batch) : [Batch];

    /// <summary>Images of the iteration that begins after a number of images.</summary>
    public int BatchAt(long images) => Growth?.At(images).Level.Batch ?? Batch;
}
