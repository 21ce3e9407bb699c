namespace StyleGanSharp.Training.Augment;

/// <summary>
/// Adapts the strength of the augmentation to the overfitting of the discriminator: where the signs of its outputs for real
/// images agree too much, p rises. Source: Karras et al., "Training Generative Adversarial Networks with Limited Data" (2020),
/// section 3.
/// </summary>
/// <param name="options">The rule.</param>
public sealed class AdaptiveStrength(AdaptiveStrengthOptions options)
{
    /// <summary>The rule.</summary>
    public AdaptiveStrengthOptions Options { get; } = options ?? throw new ArgumentNullException(nameof(options));

    /// <summary>
    /// p, in [0, <see cref="AdaptiveStrengthOptions.Max"/>]. In single precision, so that a state file holds exactly it.
    /// </summary>
    public float Strength { get; set; }

    /// <summary>Sum of the signs reported since the last adjustment.</summary>
    public double SignSum { get; set; }

    /// <summary>Number of the signs reported since the last adjustment.</summary>
    public long SignCount { get; set; }

    /// <summary>Iterations since the last adjustment.</summary>
    public int Iterations { get; set; }

    /// <summary>Takes note of outputs of the discriminator for real images, of every phase that makes some.</summary>
    /// <param name="logits">Outputs, or their signs. 0 counts as neither.</param>
    public void Report(ReadOnlySpan<float> logits)
    {
        foreach (float logit in logits)
        {
            SignSum += logit > 0 ? 1 : logit < 0 ? -1 : 0;
        }

        SignCount += logits.Length;
    }

    /// <summary>Ends an iteration; adjusts p where it is time to.</summary>
    /// <param name="batch">Real images of an iteration, of all processes.</param>
    /// <returns>The mean sign that the adjustment is based on; null where there was none.</returns>
    public double? EndIteration(int batch)
    {
        Iterations++;
        if (Iterations < Options.Interval)
        {
            return null;
        }

        // Without reports the mean is unknown: p stays.
        double? mean = SignCount == 0 ? null : SignSum / SignCount;
        if (mean is double m)
        {
            double step = batch * (double)Iterations / Options.Images;
            double direction = Math.Sign(m - Options.Target);
            Strength = (float)Math.Clamp(Strength + (direction * step), 0, Options.Max);
        }

        (SignSum, SignCount, Iterations) = (0, 0, 0);
        return mean;
    }
}
