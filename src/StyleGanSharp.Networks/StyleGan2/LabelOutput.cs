namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>How a discriminator takes labels into account.</summary>
public enum LabelOutput
{
    /// <summary>
    /// The last features are projected onto the mapped label (Miyato and Koyama 2018): StyleGAN2-ADA and later.
    /// </summary>
    Projected,

    /// <summary>One logit per class, of which the label picks its own (Mescheder et al. 2018): StyleGAN2 in TensorFlow.</summary>
    Selected,
}
