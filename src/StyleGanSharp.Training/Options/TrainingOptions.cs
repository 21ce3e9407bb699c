using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Options;

/// <summary>Everything a training run is: resolved, validated, and stored in its folder as options.json.</summary>
public sealed record TrainingOptions
{
    /// <summary>The preset that it started from.</summary>
    public required string Preset { get; init; }

    /// <summary>What is trained on.</summary>
    public required DataOptions Data { get; init; }

    /// <summary>The generator, where it is a StyleGAN2; exactly one of the two is there.</summary>
    public GeneratorOptions? StyleGan2 { get; init; }

    /// <summary>The generator, where it is a StyleGAN3.</summary>
    public Networks.StyleGan3.GeneratorOptions? StyleGan3 { get; init; }

    /// <summary>The discriminator.</summary>
    public required DiscriminatorOptions Discriminator { get; init; }

    /// <summary>Losses, optimizers, running average.</summary>
    public required TrainerOptions Trainer { get; init; }

    /// <summary>Augmentation.</summary>
    public required AugmentationOptions Augmentation { get; init; }

    /// <summary>Images of an iteration.</summary>
    public required int Batch { get; init; }

    /// <summary>Images whose graph is in memory at one time, a divisor of <see cref="Batch"/>; null: chosen from the free memory.</summary>
    public int? MicroBatch { get; init; }

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
    public int Resolution => Discriminator.Resolution;

    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    public int LabelSize => Discriminator.CDim;
}
