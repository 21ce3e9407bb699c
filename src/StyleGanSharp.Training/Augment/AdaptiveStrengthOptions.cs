namespace StyleGanSharp.Training.Augment;

/// <summary>The rule of <see cref="AdaptiveStrength"/>.</summary>
public sealed record AdaptiveStrengthOptions
{
    /// <summary>Mean sign that is aimed at.</summary>
    public double Target { get; init; } = 0.6;

    /// <summary>Iterations from one adjustment to the next.</summary>
    public int Interval { get; init; } = 4;

    /// <summary>Images in which p goes from 0 to 1 at full speed.</summary>
    public double Images { get; init; } = 500_000;

    /// <summary>Largest p. (The reference has no limit, but beyond 1 more is only lost: every gate is open.)</summary>
    public double Max { get; init; } = 1;
}
