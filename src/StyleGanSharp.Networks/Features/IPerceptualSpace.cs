using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// Perceptual distance (LPIPS) as a space: images become vectors whose squared Euclidean distance is the distance of the images.
/// </summary>
public interface IPerceptualSpace : IDisposable
{
    /// <summary>Name of the space, e.g. <c>lpips-squeeze</c>: distances in different spaces cannot be compared.</summary>
    string Name { get; }

    /// <summary>Vectors of images, differentiable in the images.</summary>
    /// <param name="images">[N, 3, H, W] float32 in [0, 255], on any device; what is compared must have the same size.</param>
    /// <returns>[N, F] float32 on the space's device; F depends on the size of the images.</returns>
    /// <exception cref="ShapeException">There are no three channels, or the images are too small.</exception>
    Tensor Embed(Tensor images);
}
