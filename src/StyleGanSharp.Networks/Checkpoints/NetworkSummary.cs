namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// What one network of a snapshot is, read from its record alone: nothing is built, libtorch is not needed. Facts that a network
/// of its kind does not have are null.
/// </summary>
public sealed record NetworkSummary
{
    /// <summary>Name in the file; "network" if the file is a single network.</summary>
    public required string Name { get; init; }

    /// <summary>Class in the program that saved it; before PyTorch the function that built it.</summary>
    public required string ClassName { get; init; }

    /// <summary>What it is for.</summary>
    public NetworkKind Kind { get; init; }

    /// <summary>Which StyleGAN a generator is.</summary>
    public NetworkGeneration Generation { get; init; }

    /// <summary>Whether this version can build and run it.</summary>
    public bool CanRun { get; init; }

    /// <summary>Why the options cannot be read, one sentence; null where they can.</summary>
    public string? Problem { get; init; }

    /// <summary>All parameters, then all buffers.</summary>
    public required IReadOnlyList<TensorSummary> Tensors { get; init; }

    /// <summary>Width and height of the images; the resolution by which blocks are named where the two differ.</summary>
    public int? Resolution { get; init; }

    /// <summary>Width of the images where it is not <see cref="Resolution"/>.</summary>
    public int? Width { get; init; }

    /// <summary>Height of the images where it is not <see cref="Resolution"/>.</summary>
    public int? Height { get; init; }

    /// <summary>Colour channels of the images.</summary>
    public int? Channels { get; init; }

    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    public int? CDim { get; init; }

    /// <summary>Size of the latents z.</summary>
    public int? ZDim { get; init; }

    /// <summary>Size of the intermediate latents w.</summary>
    public int? WDim { get; init; }

    /// <summary>How many w steer one image.</summary>
    public int? NumWs { get; init; }

    /// <summary>Layers of the mapping network.</summary>
    public int? MappingLayers { get; init; }

    /// <summary>How StyleGAN2 blocks are connected: skip, resnet, orig.</summary>
    public string? Architecture { get; init; }

    /// <summary>Feature maps times resolution, up to <see cref="ChannelMax"/>.</summary>
    public int? ChannelBase { get; init; }

    /// <summary>Most feature maps of a layer.</summary>
    public int? ChannelMax { get; init; }

    /// <summary>Limit of the activations' magnitude; null: none, or unknown.</summary>
    public double? ConvClamp { get; init; }

    /// <summary>How many of the highest resolutions were trained in half precision.</summary>
    public int? NumFp16Res { get; init; }

    /// <summary>Whether the layers have noise inputs.</summary>
    public bool? UseNoise { get; init; }

    /// <summary>Where a growing network stands: 0 at the full resolution, each step halves it.</summary>
    public double? Lod { get; init; }

    /// <summary>Names of StyleGAN3's layers, from the input on; empty for others.</summary>
    public IReadOnlyList<string> LayerNames { get; init; } = [];

    /// <summary>Strength p of an adaptive augmentation.</summary>
    public double? AugmentP { get; init; }

    /// <summary>Number of trained numbers.</summary>
    public long ParameterCount => Sum(TensorKind.Parameter);

    /// <summary>Number of numbers that are kept but not trained.</summary>
    public long BufferCount => Sum(TensorKind.Buffer);

    private long Sum(TensorKind kind) => Tensors.Where(t => t.Kind == kind).Sum(t => t.Count);
}
