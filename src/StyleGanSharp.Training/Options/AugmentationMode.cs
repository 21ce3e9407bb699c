namespace StyleGanSharp.Training.Options;

/// <summary>Whether and how the discriminator's images are augmented.</summary>
public enum AugmentationMode
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>With a strength given by the user.</summary>
    Fixed,

    /// <summary>With a strength that follows the discriminator's overfitting (ADA). Source: Karras et al., "Training Generative
    /// Adversarial Networks with Limited Data" (2020), section 3.</summary>
    Adaptive,

    /// <summary>By differentiable augmentation, which has no strength. Source: Zhao et al., "Differentiable Augmentation for
    /// Data-Efficient GAN Training" (2020).</summary>
    DiffAugment,
}
