namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>What became of the images of a source.</summary>
public sealed record DatasetCreationResult
{
    /// <summary>Images in the new data set.</summary>
    public required int Written { get; init; }

    /// <summary>Columns of each.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of each.</summary>
    public required int Height { get; init; }

    /// <summary>1, 3 or 4.</summary>
    public required int Channels { get; init; }

    /// <summary>Images that could not be read, one sentence each.</summary>
    public required IReadOnlyList<string> Damaged { get; init; }

    /// <summary>Images that the transform cannot bring to the resolution, each with its size and the reason.</summary>
    public required IReadOnlyList<string> Unfit { get; init; }

    /// <summary>What else is to be known about the source, one sentence each.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Whether the data set has labels.</summary>
    public required bool HasLabels { get; init; }

    /// <summary>Written images without a label; when some have one and some have not, the data set has no labels.</summary>
    public required int Unlabelled { get; init; }

    /// <summary>Images whose alpha was laid over the background.</summary>
    public required int Flattened { get; init; }
}
