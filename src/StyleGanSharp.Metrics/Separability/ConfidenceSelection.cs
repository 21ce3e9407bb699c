namespace StyleGanSharp.Metrics.Separability;

/// <summary>
/// Chooses the images that a classifier is sure about. Source: Karras et al., "A Style-Based Generator Architecture for
/// Generative Adversarial Networks" (2019), section 4.2: the least confident half of 200,000 images is dropped.
/// </summary>
public static class ConfidenceSelection
{
    /// <summary>
    /// Finds the images with the largest max(p, 1 - p), where p = sigmoid(2 · logit) is the probability of the positive class:
    /// the softmax of a classifier whose two classes have the logits l and -l.
    /// </summary>
    /// <param name="logits">Of each image.</param>
    /// <param name="count">How many images to keep, from 0 to all.</param>
    /// <returns>Their indices, the surest first; equally sure ones in the order they came in.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many images.</exception>
    /// <exception cref="MetricException">A logit is not a number.</exception>
    public static int[] MostConfident(ReadOnlySpan<double> logits, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, logits.Length);
        var sizes = new double[logits.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            // The confidence grows with |logit|, which still differs where the probabilities have long been rounded to 1.
            sizes[i] = Math.Abs(logits[i]);
            if (double.IsNaN(sizes[i]))
            {
                throw new MetricException(
                    $"The classifier's answer to image {i} is not a number; check the classifier and the images.");
            }
        }

        return [.. Enumerable.Range(0, sizes.Length).OrderByDescending(i => sizes[i]).Take(count)];
    }
}
