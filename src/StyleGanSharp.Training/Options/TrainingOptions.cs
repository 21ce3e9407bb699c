using System.Text.Json.Serialization;
using StyleGanSharp.Networks;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Options;

/// <summary>Everything a training run is: resolved, validated, and stored in its folder as options.json.</summary>
public sealed record TrainingOptions
{
    private readonly IGeneratorOptions? generator;
    private readonly IDiscriminatorOptions? discriminator;

    /// <summary>The preset that it started from.</summary>
    [JsonPropertyOrder(-3)]
    public required string Preset { get; init; }

    /// <summary>Configuration of the paper's ablation, a letter; null: the preset has none.</summary>
    [JsonPropertyOrder(-3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variant { get; init; }

    /// <summary>What is trained on.</summary>
    [JsonPropertyOrder(-3)]
    public required DataOptions Data { get; init; }

    /// <summary>The generator.</summary>
    /// <exception cref="InvalidOperationException">The options name none: they come from a damaged file.</exception>
    [JsonIgnore]
    public IGeneratorOptions Generator
    {
        get => generator ?? throw new InvalidOperationException("The options name no generator.");
        init => generator = value;
    }

    /// <summary>The discriminator, of the generator's family.</summary>
    /// <exception cref="InvalidOperationException">The options name none: they come from a damaged file.</exception>
    [JsonIgnore]
    public IDiscriminatorOptions Discriminator
    {
        get => discriminator ?? throw new InvalidOperationException("The options name no discriminator.");
        init => discriminator = value;
    }

    /// <summary>The family of the networks.</summary>
    [JsonIgnore]
    public NetworkFamily Family => NetworkFamilies.Of(Generator, grows: Growth is not null);

    // options.json holds the options of each family under a name of its own.
    [JsonInclude]
    [JsonPropertyOrder(-2)]
    internal Networks.StyleGan2.GeneratorOptions? StyleGan2
    {
        get => generator as Networks.StyleGan2.GeneratorOptions;
        init => generator = value ?? generator;
    }

    [JsonInclude]
    [JsonPropertyOrder(-2)]
    internal Networks.StyleGan3.GeneratorOptions? StyleGan3
    {
        get => generator as Networks.StyleGan3.GeneratorOptions;
        init => generator = value ?? generator;
    }

    [JsonInclude]
    [JsonPropertyOrder(-2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal Networks.ProGan.GeneratorOptions? ProGan
    {
        get => generator as Networks.ProGan.GeneratorOptions;
        init => generator = value ?? generator;
    }

    [JsonInclude]
    [JsonPropertyOrder(-2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal Networks.StyleGan1.GeneratorOptions? StyleGan1
    {
        get => generator as Networks.StyleGan1.GeneratorOptions;
        init => generator = value ?? generator;
    }

    [JsonInclude]
    [JsonPropertyOrder(-1)]
    [JsonPropertyName("discriminator")]
    internal Networks.StyleGan2.DiscriminatorOptions? StyleGan2Discriminator
    {
        get => discriminator as Networks.StyleGan2.DiscriminatorOptions;
        init => discriminator = value ?? discriminator;
    }

    [JsonInclude]
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal Networks.ProGan.DiscriminatorOptions? ProGanDiscriminator
    {
        get => discriminator as Networks.ProGan.DiscriminatorOptions;
        init => discriminator = value ?? discriminator;
    }

    [JsonInclude]
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal Networks.StyleGan1.DiscriminatorOptions? StyleGan1Discriminator
    {
        get => discriminator as Networks.StyleGan1.DiscriminatorOptions;
        init => discriminator = value ?? discriminator;
    }

    /// <summary>The schedule of progressive growing; null: the networks have their full resolution from the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GrowthOptions? Growth { get; init; }

    /// <summary>Losses, optimizers, running average.</summary>
    public required TrainerOptions Trainer { get; init; }

    /// <summary>Augmentation.</summary>
    public required AugmentationOptions Augmentation { get; init; }

    /// <summary>Images of an iteration; of a growing network at its full resolution.</summary>
    public required int Batch { get; init; }

    /// <summary>
    /// Images whose graph is in memory at one time, a divisor of <see cref="Batch"/>; null: chosen from the free memory.
    /// </summary>
    public int? MicroBatch { get; init; }

    /// <summary>Of the convolutions of generator and discriminator; the running average makes its images in float32.</summary>
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

    /// <summary>Width and height of the images.</summary>
    public int Resolution => Discriminator.Resolution;

    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    public int LabelSize => Discriminator.CDim;

    /// <summary>Images of an iteration, at every resolution that is trained.</summary>
    [JsonIgnore]
    public IEnumerable<int> Batches =>
        Growth is { } growth ? growth.Levels.Where(l => l.Resolution >= growth.InitialResolution).Select(l => l.Batch) : [Batch];

    /// <summary>Images of the iteration that begins after a number of images.</summary>
    public int BatchAt(long images) => Growth?.At(images).Level.Batch ?? Batch;
}
