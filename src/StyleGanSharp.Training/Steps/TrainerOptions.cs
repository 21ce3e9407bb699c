using StyleGanSharp.Torch.Optimizers;
using StyleGanSharp.Training.Losses;

namespace StyleGanSharp.Training.Steps;

/// <summary>How one iteration works.</summary>
public sealed record TrainerOptions
{
    /// <summary>The loss.</summary>
    public LossOptions Loss { get; init; } = new();

    /// <summary>Adam for the generator, without the correction for lazy regularisation.</summary>
    public AdamOptions GeneratorAdam { get; init; } = new() { LearningRate = 0.002, Beta1 = 0, Beta2 = 0.99 };

    /// <summary>Adam for the discriminator, without the correction for lazy regularisation.</summary>
    public AdamOptions DiscriminatorAdam { get; init; } = new() { LearningRate = 0.002, Beta1 = 0, Beta2 = 0.99 };

    /// <summary>The generator is regularised every so many iterations; null: in every one, together with the main loss.</summary>
    public int? GeneratorInterval { get; init; } = 4;

    /// <summary>
    /// The discriminator is regularised every so many iterations; null: in every one, together with the main loss.
    /// </summary>
    public int? DiscriminatorInterval { get; init; } = 16;

    /// <summary>
    /// Half-life of the generator's running average in images, above 0. Source: Karras et al. (2018), section 6.
    /// </summary>
    public double AverageHalfLife { get; init; } = 10_000;

    /// <summary>At the start the half-life is at most this share of the images seen; null: no ramp-up.</summary>
    public double? AverageRampUp { get; init; } = 0.05;

    /// <summary>
    /// Decay of the running average in one iteration, whatever its batch, in [0, 1); null: by the half-life. ProGAN: 0.999.
    /// </summary>
    public double? AverageDecay { get; init; }

    /// <summary>
    /// Train the discriminator before the generator, as ProGAN and StyleGAN do; otherwise after it, as StyleGAN2 and StyleGAN3.
    /// </summary>
    public bool DiscriminatorFirst { get; init; }
}
