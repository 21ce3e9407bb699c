using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks;

/// <summary>A discriminator that classifies images instead of reading their labels (Odena et al., "AC-GAN", 2017).</summary>
public interface ILabelClassifier : IDiscriminator
{
    /// <summary>Number of label logits; 0: it does not classify.</summary>
    int LabelLogits { get; }

    /// <summary>Judges and classifies images.</summary>
    /// <param name="image">[N, colours, Resolution, Resolution] float32, about [-1, 1].</param>
    /// <returns>Scores, [N, 1], positive for images taken as real; label logits, [N, LabelLogits].</returns>
    /// <exception cref="ShapeException">The images have another shape, or N is no multiple of the statistic's groups.</exception>
    (Tensor Scores, Tensor Labels) Judge(Tensor image);
}
