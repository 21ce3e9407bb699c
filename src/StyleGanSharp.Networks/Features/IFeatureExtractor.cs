using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>A network that turns images into numbers in which their distance is measured: a feature space.</summary>
public interface IFeatureExtractor : IDisposable
{
    /// <summary>
    /// Name of the space, e.g. <c>squeezenet</c>, or <c>squeezenet-clean</c> with <see cref="FeatureResize.Clean"/>: distances in
    /// different spaces cannot be compared.
    /// </summary>
    string Name { get; }

    /// <summary>Numbers per image.</summary>
    int Size { get; }

    /// <summary>How images are resized, for reports, e.g. <c>bilinear 128</c>.</summary>
    string ResizeFilter { get; }

    /// <summary>Whether the network also says to which class of ImageNet an image belongs.</summary>
    bool HasProbabilities { get; }

    /// <summary>Features of images.</summary>
    /// <param name="images">uint8 [N, C, H, W] on any device; C is 1 (repeated), 3, or 4 (laid on white by its alpha).</param>
    /// <returns>[N, <see cref="Size"/>] float32, on the extractor's device.</returns>
    /// <exception cref="ShapeException">Another number of dimensions or channels.</exception>
    Tensor Extract(Tensor images);

    /// <summary>
    /// Class probabilities of images, as the Inception Score takes them: softmax without the bias of the last layer. Source:
    /// Salimans et al., "Improved Techniques for Training GANs" (2016), section 4.
    /// </summary>
    /// <param name="images">As for <see cref="Extract"/>.</param>
    /// <returns>[N, classes] float32 on the extractor's device; rows sum to one.</returns>
    /// <exception cref="FeatureException">The network has none (<see cref="HasProbabilities"/>), or returned none.</exception>
    /// <exception cref="ShapeException">Another number of dimensions or channels.</exception>
    Tensor Probabilities(Tensor images);
}
