namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>Where labels come from.</summary>
public enum LabelSource
{
    /// <summary>From the source's dataset.json or label file, where it has one.</summary>
    Source,

    /// <summary>The folder in which an image lies is its class.</summary>
    Folders,

    /// <summary>No labels.</summary>
    None,
}
