namespace StyleGanSharp.Metrics.Separability;

/// <summary>What a <see cref="LinearSvm"/> minimises, and when its fit ends.</summary>
public sealed record LinearSvmOptions
{
    /// <summary>
    /// C, the weight of the losses against the regularisation, above 0; 1 in the published separability scores.
    /// </summary>
    public double Cost { get; init; } = 1;

    /// <summary>The fit has converged when the duality gap is at most this part of the objective, above 0.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Passes over the points after which the fit ends without having converged, at least 1.</summary>
    public int MaximumPasses { get; init; } = 1000;
}
