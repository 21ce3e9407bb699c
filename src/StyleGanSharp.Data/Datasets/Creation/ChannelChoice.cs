namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>What the pictures of a data set are converted to.</summary>
public enum ChannelChoice
{
    /// <summary>Gray when all pictures are gray, else RGB.</summary>
    Auto,

    /// <summary>One channel.</summary>
    Gray,

    /// <summary>Three channels; alpha is laid over the background.</summary>
    Rgb,

    /// <summary>Four channels.</summary>
    Rgba,
}
