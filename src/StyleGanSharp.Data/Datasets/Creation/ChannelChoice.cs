namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>What the images of a data set are converted to.</summary>
public enum ChannelChoice
{
    /// <summary>RGBA when an image has pixels that are not opaque, gray when all images are gray, else RGB.</summary>
    Auto,

    /// <summary>One channel.</summary>
    Gray,

    /// <summary>Three channels; alpha is laid over the background.</summary>
    Rgb,

    /// <summary>Four channels.</summary>
    Rgba,
}
