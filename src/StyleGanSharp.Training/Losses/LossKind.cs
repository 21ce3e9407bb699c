namespace StyleGanSharp.Training.Losses;

/// <summary>The losses that training knows.</summary>
public enum LossKind
{
    /// <summary>Non-saturating logistic with R1: StyleGAN on FFHQ, StyleGAN2, StyleGAN3.</summary>
    Logistic,

    /// <summary>Wasserstein with gradient penalty: ProGAN, StyleGAN on CelebA-HQ.</summary>
    Wasserstein,
}
