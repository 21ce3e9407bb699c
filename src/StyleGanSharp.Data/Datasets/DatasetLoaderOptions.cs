namespace StyleGanSharp.Data.Datasets;

/// <summary>How a <see cref="DatasetLoader"/> works ahead.</summary>
public sealed record DatasetLoaderOptions
{
    /// <summary>Images of a batch; required, at least 1.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Threads that decode. The default is 2; the result does not depend on it.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Batches that are decoded or being decoded before they are asked for. The default is 3.</summary>
    public int ReadAhead { get; init; } = 3;

    /// <summary>Whether batches carry labels, as they do by default where the data set has some.</summary>
    public bool Labels { get; init; } = true;

    /// <summary>
    /// Rows and columns of the images, as <see cref="ImageDataset.ReadLevel"/> gives them: a power of two up to the data set's
    /// own. Null (the default) = that.
    /// </summary>
    public int? Side { get; init; }

    /// <summary>
    /// Called once for every image that cannot be decoded and was replaced, with one sentence; on a worker's thread. Null (the
    /// default) = silence.
    /// </summary>
    public Action<string>? Report { get; init; }
}
