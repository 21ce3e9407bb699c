namespace StyleGanSharp.Projection;

/// <summary>What is searched for an image.</summary>
public enum LatentSpace
{
    /// <summary>
    /// One w for all layers: stays near what the network makes by itself. Source: Karras et al. (2020), section 5.
    /// </summary>
    W,

    /// <summary>
    /// A w for each layer. Source: Abdal et al., "Image2StyleGAN" (2019), section 5: fits nearly anything, edits less well.
    /// </summary>
    WPlus,
}
