using StyleGanSharp.Networks;

namespace StyleGanSharp.Generation.Models;

/// <summary>What a model is and can do.</summary>
public sealed record ModelInfo
{
    /// <summary>The name it was opened by; of a file, its name without the folder.</summary>
    public required string Name { get; init; }

    /// <summary>Width of its images.</summary>
    public required int Width { get; init; }

    /// <summary>Height of its images.</summary>
    public required int Height { get; init; }

    /// <summary>Color channels: 1, 3 or 4.</summary>
    public required int Channels { get; init; }

    /// <summary>Size of the latent z.</summary>
    public required int ZDim { get; init; }

    /// <summary>Size of a style w.</summary>
    public required int WDim { get; init; }

    /// <summary>Number of styles, one for each layer that they control.</summary>
    public required int NumWs { get; init; }

    /// <summary>Classes of a conditional network; 0: it is unconditional.</summary>
    public required int ClassCount { get; init; }

    /// <summary>Names of the classes; empty where the file has none.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Some label vectors of the training data; empty: its labels are classes, or the file does not say.</summary>
    public required IReadOnlyList<float[]> LabelVectors { get; init; }

    /// <summary>What was assumed when the file was read, a sentence each; empty: nothing.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Which layers are coarse, middle and fine.</summary>
    public required StyleLevels Levels { get; init; }

    /// <summary>Whether styles can be truncated.</summary>
    public required bool CanTruncate { get; init; }

    /// <summary>Whether images can be shifted, rotated and scaled at their source.</summary>
    public required bool CanTransform { get; init; }

    /// <summary>Resolutions of its noise inputs, from the smallest; empty: it has none.</summary>
    public required IReadOnlyList<int> NoiseResolutions { get; init; }

    /// <summary>Where it computes.</summary>
    public required Torch.Device Device { get; init; }
}
