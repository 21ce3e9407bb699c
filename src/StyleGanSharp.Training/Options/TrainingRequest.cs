using StyleGanSharp.Networks;

namespace StyleGanSharp.Training.Options;

/// <summary>What a user asks for: a preset, data, and what shall differ from the preset. Null: as the preset says.</summary>
public sealed record TrainingRequest
{
    /// <summary>Name of the preset.</summary>
    public string Preset { get; init; } = "auto";

    /// <summary>What is trained on.</summary>
    public required DataOptions Data { get; init; }

    /// <summary>Configuration of the paper's ablation, a letter.</summary>
    public string? Variant { get; init; }

    /// <summary>Loss: logistic or wgan-gp.</summary>
    public string? Loss { get; init; }

    /// <summary>The resolution that a growing network begins with.</summary>
    public int? GrowFrom { get; init; }

    /// <summary>Thousands of images for which a resolution is trained before the next is faded in.</summary>
    public double? LevelKimg { get; init; }

    /// <summary>Thousands of images over which it is faded in.</summary>
    public double? FadeKimg { get; init; }

    /// <summary>Images of an iteration by resolution, for instance 4:128,8:64.</summary>
    public string? LevelBatch { get; init; }

    /// <summary>Images of an iteration; of growing networks at every resolution.</summary>
    public int? Batch { get; init; }

    /// <summary>Images in memory at one time.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>Weight of R1.</summary>
    public double? Gamma { get; init; }

    /// <summary>Feature maps times resolution.</summary>
    public int? ChannelBase { get; init; }

    /// <summary>Most feature maps.</summary>
    public int? ChannelMax { get; init; }

    /// <summary>Layers of the mapping network; 0 (StyleGAN, StyleGAN2): w is the normalised z, with its label if any.</summary>
    public int? MappingLayers { get; init; }

    /// <summary>Size of z and of w; without mapping layers w also holds the label, embedded in as many numbers.</summary>
    public int? LatentSize { get; init; }

    /// <summary>Samples of a group in the minibatch standard deviation.</summary>
    public int? GroupSize { get; init; }

    /// <summary>Learning rate of the generator.</summary>
    public double? GeneratorRate { get; init; }

    /// <summary>Learning rate of the discriminator.</summary>
    public double? DiscriminatorRate { get; init; }

    /// <summary>Weight of the path length regularisation; 0: none.</summary>
    public double? PathLengthWeight { get; init; }

    /// <summary>Probability of style mixing.</summary>
    public double? StyleMixing { get; init; }

    /// <summary>Precision of the convolutions.</summary>
    public Precision Precision { get; init; }

    /// <summary>Half-life of the running average in thousands of images.</summary>
    public double? AverageKimg { get; init; }

    /// <summary>Augmentation: noaug, fixed, ada or diffaug.</summary>
    public string? Augmentation { get; init; }

    /// <summary>Pipeline of the augmentation.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Transforms of diffaug: color, translation, cutout, separated by commas.</summary>
    public string? DiffAugmentPolicy { get; init; }

    /// <summary>Strength of a fixed augmentation.</summary>
    public double? Strength { get; init; }

    /// <summary>What ADA aims at.</summary>
    public double? Target { get; init; }

    /// <summary>Largest strength.</summary>
    public double? MaxStrength { get; init; }

    /// <summary>Frozen layers of the discriminator.</summary>
    public int? FreezeLayers { get; init; }

    /// <summary>Snapshot to start from.</summary>
    public string? StartFrom { get; init; }

    /// <summary>Length of the run in thousands of images.</summary>
    public double? Kimg { get; init; }

    /// <summary>Thousands of images from one status line to the next.</summary>
    public double? TickKimg { get; init; }

    /// <summary>Ticks from one snapshot to the next.</summary>
    public int? SnapshotTicks { get; init; }

    /// <summary>Seed of every draw.</summary>
    public uint Seed { get; init; }
}
