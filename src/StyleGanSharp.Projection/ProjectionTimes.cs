namespace StyleGanSharp.Projection;

/// <summary>Where the time of a projection went, since it was begun or resumed.</summary>
/// <param name="Synthesis">Images and their gradients with respect to latents and noise.</param>
/// <param name="Features">Distances and their gradients with respect to the images.</param>
/// <param name="Optimizer">Draws, regularization of the noise, and Adam.</param>
public sealed record ProjectionTimes(TimeSpan Synthesis, TimeSpan Features, TimeSpan Optimizer)
{
    /// <summary>All of it.</summary>
    public TimeSpan Total => Synthesis + Features + Optimizer;
}
