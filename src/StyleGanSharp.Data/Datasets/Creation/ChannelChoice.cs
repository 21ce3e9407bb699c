namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>What the pictures of a data set are converted to.</summary>
public enum ChannelChoice
{
    /// <summary>RGBA when a picture has pixels that are not opaque, gray when all pictures are gray, else RGB.</summary>
    Auto,

    /// <summary>One channel.</summary>
    Gray,

    /// <summary>Three channels; alpha is laid over the background.</summary>
    Rgb,

    /// <summary>Four channels.</summary>
    Rgba,
}
