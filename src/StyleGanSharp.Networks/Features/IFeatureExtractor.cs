using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>A network that turns images into numbers in which their distance is measured: a feature space.</summary>
public interface IFeatureExtractor : IDisposable
{
    /// <summary>Name of the space, e.g. <c>squeezenet</c>: distances in different spaces cannot be compared.</summary>
    string Name { get; }

    /// <summary>Numbers per image.</summary>
    int Size { get; }

    /// <summary>Features of images.</summary>
    /// <param name="images">uint8 [N, C, H, W] on any device; C is 1 (repeated), 3, or 4 (laid on white by its alpha).</param>
    /// <returns>[N, <see cref="Size"/>] float32, on the extractor's device.</returns>
    /// <exception cref="ShapeException">Another number of dimensions or channels.</exception>
    Tensor Extract(Tensor images);
}
