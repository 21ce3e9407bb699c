using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Losses;

/// <summary>
/// Discriminators that guess labels instead of reading them. Source: Odena et al., "Conditional Image Synthesis with Auxiliary
/// Classifier GANs" (2017).
/// </summary>
internal static class AuxiliaryClassifier
{
    private static readonly Operator LogSoftmax = new("aten::log_softmax", "int");

    /// <summary>Scores, [N, 1], and the cross-entropy of guessed labels, [N, 1]; null where the network guesses none.</summary>
    internal static (Tensor Scores, Tensor? Labels) Judge(IDiscriminator discriminator, Tensor image, Tensor? c)
    {
        if (c is null || discriminator is not ILabelClassifier { LabelLogits: > 0 } guessing)
        {
            return (discriminator.Forward(image, c), null);
        }

        (Tensor scores, Tensor logits) = guessing.Judge(image);
        return (scores, -(LogSoftmax.Call(logits, 1) * c).Sum([1], keepDim: true));
    }
}
