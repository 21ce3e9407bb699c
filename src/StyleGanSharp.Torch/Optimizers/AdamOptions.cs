namespace StyleGanSharp.Torch.Optimizers;

/// <summary>
/// Settings of <see cref="Adam"/>. Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015), algorithm 1.
/// </summary>
public sealed record AdamOptions
{
    /// <summary>Step size, above 0.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Decay of the mean of the gradients, in [0, 1). 0: the gradient itself, and no memory is kept for it.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of the squared gradients, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the step finite where gradients vanish, above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// The settings for a network that is regularised only every <paramref name="interval"/> steps, but by the same optimizer:
    /// the averages forget per main step as they would with both in every step. Source: Karras et al., "Analyzing and Improving
    /// the Image Quality of StyleGAN" (2020), appendix B, "Lazy regularization".
    /// </summary>
    /// <param name="interval">Steps from one regularisation to the next, at least 1.</param>
    public AdamOptions ForLazyRegularization(int interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        double share = interval / (interval + 1.0);
        return this with { LearningRate = LearningRate * share, Beta1 = Math.Pow(Beta1, share), Beta2 = Math.Pow(Beta2, share) };
    }
}
