namespace StyleGanSharp.Training.Options;

/// <summary>What is trained on.</summary>
public sealed record DataOptions
{
    /// <summary>A data set: zip file or folder.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the labels of the data set are used.</summary>
    public bool UseLabels { get; init; }

    /// <summary>Whether images mirrored left to right are added.</summary>
    public bool MirrorX { get; init; }

    /// <summary>Whether images mirrored top to bottom are added.</summary>
    public bool MirrorY { get; init; }

    /// <summary>At most so many images are used, chosen by the seed; null: all.</summary>
    public int? Subset { get; init; }

    /// <summary>Threads that decode.</summary>
    public int Workers { get; init; } = 2;
}
