namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>How images are resized.</summary>
public enum ResizeFilter
{
    /// <summary>Windowed sinc of three lobes: the field's default.</summary>
    Lanczos,

    /// <summary>The mean of the covered pixels.</summary>
    Box,
}
