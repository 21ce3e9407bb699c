namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>How the resolutions of a network are connected (Karras et al. 2020, figure 7).</summary>
public enum Architecture
{
    /// <summary>A plain chain of blocks; colours at the highest resolution only.</summary>
    Orig,

    /// <summary>Every resolution contributes to (or sees) the image.</summary>
    Skip,

    /// <summary>Residual blocks.</summary>
    Resnet,
}
