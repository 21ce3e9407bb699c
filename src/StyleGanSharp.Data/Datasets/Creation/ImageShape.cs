namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>How images of any shape become one shape.</summary>
public enum ImageShape
{
    /// <summary>As they are; resized where a resolution is given.</summary>
    None,

    /// <summary>The square in the middle, resized.</summary>
    CenterCrop,

    /// <summary>
    /// The middle in the proportions of the resolution, resized, between black bars above and below to a square.
    /// </summary>
    CenterCropWide,

    /// <summary>The whole image, resized to fit, between borders in the background colour.</summary>
    Pad,

    /// <summary>The whole image, stretched.</summary>
    Squash,
}
