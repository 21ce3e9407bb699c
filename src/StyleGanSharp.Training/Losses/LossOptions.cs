namespace StyleGanSharp.Training.Losses;

/// <summary>
/// The losses of the family. That of StyleGAN2 and StyleGAN3: non-saturating logistic with R1 and path length regularisation.
/// Sources: Goodfellow et al. (2014); Mescheder et al., "Which Training Methods for GANs do actually Converge?" (2018); Karras et
/// al. (2020), section 3.2. That of ProGAN: Gulrajani et al., "Improved Training of Wasserstein GANs" (2017).
/// </summary>
public sealed record LossOptions
{
    /// <summary>Which loss.</summary>
    public LossKind Kind { get; init; }

    /// <summary>Weight of R1 (half of it multiplies the squared gradient), at least 0. 0: none.</summary>
    public double R1Gamma { get; init; } = 10;

    /// <summary>Probability of style mixing for a batch, in [0, 1]. Source: Karras et al. (2019), section 3.1.</summary>
    public double StyleMixingProb { get; init; }

    /// <summary>Weight of the path length regularisation, at least 0. 0: none.</summary>
    public double PathLengthWeight { get; init; }

    /// <summary>The path length is measured on the batch divided by this, at least 1.</summary>
    public int PathLengthBatchShrink { get; init; } = 2;

    /// <summary>Share of a batch in the running mean of the path length, in (0, 1].</summary>
    public double PathLengthDecay { get; init; } = 0.01;

    /// <summary>
    /// Standard deviation in pixels, at the start, of the blur of everything the discriminator sees. 0: none. Source: Karras et
    /// al. (2021), appendix F ("StyleGAN3-R").
    /// </summary>
    public double BlurInitSigma { get; init; }

    /// <summary>Images over which the blur fades away.</summary>
    public double BlurFadeImages { get; init; }

    /// <summary>
    /// Wasserstein: weight of the gradient penalty (lambda), above 0. Source: Gulrajani et al. (2017), algorithm 1; Karras et al.
    /// (2018), appendix A.1.
    /// </summary>
    public double GradientPenaltyWeight { get; init; } = 10;

    /// <summary>Wasserstein: the norm that gradients shall have, above 0.</summary>
    public double GradientPenaltyTarget { get; init; } = 1;

    /// <summary>
    /// Wasserstein: weight of the squared scores of real images, which keeps scores from drifting. Source: Karras et al. (2018),
    /// appendix A.1.
    /// </summary>
    public double DriftWeight { get; init; } = 0.001;

    /// <summary>Weight of guessed labels where the discriminator guesses them. Source: Odena et al., "AC-GAN" (2017).</summary>
    public double LabelWeight { get; init; } = 1;
}
