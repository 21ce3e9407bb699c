namespace StyleGanSharp.Training.Losses;

/// <summary>
/// What one backward pass is about. Source: Karras et al. (2020), appendix B, for the split into main and regularisation.
/// </summary>
public enum Phase
{
    /// <summary>Generator: fool the discriminator.</summary>
    GeneratorMain,

    /// <summary>Generator: path length regularisation.</summary>
    GeneratorRegularization,

    /// <summary>Generator: both at once.</summary>
    GeneratorBoth,

    /// <summary>Discriminator: tell real from generated.</summary>
    DiscriminatorMain,

    /// <summary>Discriminator: R1 regularisation.</summary>
    DiscriminatorRegularization,

    /// <summary>Discriminator: both at once.</summary>
    DiscriminatorBoth,
}
