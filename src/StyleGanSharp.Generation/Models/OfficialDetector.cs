namespace StyleGanSharp.Generation.Models;

/// <summary>The networks in whose features the field measures.</summary>
public enum OfficialDetector
{
    /// <summary>Inception of 2015-12-05: Fréchet distance, kernel distance, Inception Score.</summary>
    Inception,

    /// <summary>VGG16: precision and recall, perceptual path length, projection.</summary>
    Vgg16,
}
