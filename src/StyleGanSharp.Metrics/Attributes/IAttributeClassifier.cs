using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Attributes;

/// <summary>Says of images which attributes they have.</summary>
public interface IAttributeClassifier : IDisposable
{
    /// <summary>Name for results, e.g. <c>people</c>.</summary>
    string Name { get; }

    /// <summary>Names of the attributes.</summary>
    IReadOnlyList<string> Attributes { get; }

    /// <summary>Judges images.</summary>
    /// <param name="images">uint8 [N, C, H, W].</param>
    /// <returns>
    /// [N, attributes] float32: above 0 where an image has the attribute, the further from 0 the surer; NaN where nothing can be
    /// said.
    /// </returns>
    Tensor Logits(Tensor images);
}
