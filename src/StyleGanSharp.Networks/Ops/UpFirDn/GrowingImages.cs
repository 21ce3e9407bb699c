using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.UpFirDn;

/// <summary>
/// Real images as a growing discriminator has to see them. Source: Karras et al. (2018), section 2 and figure 2.
/// </summary>
public static class GrowingImages
{
    /// <summary>Takes from images what a growing generator cannot show yet.</summary>
    /// <param name="images">[N, C, H, W] floating point, H and W multiples of 2^ceil(lod).</param>
    /// <param name="lod">Level of detail, at least 0: 0 leaves the images as they are.</param>
    /// <returns>Of the same shape; blocks of 2^floor(lod) pixels are alike.</returns>
    public static Tensor At(Tensor images, double lod)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfNegative(lod);
        using var scope = new TensorScope();
        int factor = 1 << (int)Math.Floor(lod);
        double fade = lod - Math.Floor(lod);
        Tensor x = Boxes.Average(images, factor);
        x = fade > 0 ? x.Lerp(Boxes.Repeat(Boxes.Average(x)), fade) : x;
        return scope.Keep(Boxes.Repeat(x, factor));
    }
}
