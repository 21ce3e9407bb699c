namespace StyleGanSharp.Training.Runs;

/// <summary>What a draw is for: draws for different purposes are independent.</summary>
internal enum DrawPurpose
{
    GeneratorWeights,
    DiscriminatorWeights,
    Latents,
    Labels,
    Loss,
    Numbers,
    Augmentation,
    Preview,
}
