namespace StyleGanSharp.Training.Options;

/// <summary>Whether and how the discriminator's pictures are augmented.</summary>
public enum AugmentationMode
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>With a strength given by the user.</summary>
    Fixed,

    /// <summary>With a strength that follows the discriminator's overfitting (ADA). Source: Karras et al., "Training Generative
    /// Adversarial Networks with Limited Data" (2020), section 3.</summary>
    Adaptive,
}
