namespace StyleGanSharp.Training.Sampling;

/// <summary>The order in which items are drawn.</summary>
public sealed record InfiniteSamplerOptions
{
    /// <summary>Seed of the order. The default is 0.</summary>
    public uint Seed { get; init; }

    /// <summary>Which of the <see cref="Replicas"/> draws. The default is 0.</summary>
    public int Rank { get; init; }

    /// <summary>Number of processes that share the items. The default is 1.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>False draws 0, 1, 2, ... again and again. The default is true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>How far back an item may be moved once it was drawn, as a part of the set, 0 to 1. The default is 0.5.</summary>
    public double Window { get; init; } = 0.5;
}
