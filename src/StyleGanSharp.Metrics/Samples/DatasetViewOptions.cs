namespace StyleGanSharp.Metrics.Samples;

/// <summary>Which part of a data set is used, and how.</summary>
public sealed record DatasetViewOptions
{
    /// <summary>Largest number of images, before they are doubled; null (the default) = all.</summary>
    public int? MaxSize { get; init; }

    /// <summary>Chooses the images where <see cref="MaxSize"/> is less than there are. The default is 0.</summary>
    public uint RandomSeed { get; init; }

    /// <summary>Doubles the set by images mirrored left to right. The default is false.</summary>
    public bool FlipX { get; init; }

    /// <summary>Doubles the set by images mirrored top to bottom. The default is false.</summary>
    public bool FlipY { get; init; }

    /// <summary>Whether labels are used where there are some. The default is false, as the field's.</summary>
    public bool UseLabels { get; init; }
}
