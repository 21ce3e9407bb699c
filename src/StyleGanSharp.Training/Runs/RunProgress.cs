namespace StyleGanSharp.Training.Runs;

/// <summary>
/// The counters of a run: with the tensors everything that the next step depends on. No time, no path, no host.
/// </summary>
public sealed record RunProgress
{
    /// <summary>Images shown to the discriminator.</summary>
    public long Images { get; init; }

    /// <summary>Iterations.</summary>
    public long Iterations { get; init; }

    /// <summary>Ticks.</summary>
    public long Tick { get; init; }

    /// <summary>Images at the last tick.</summary>
    public long TickStart { get; init; }

    /// <summary>Images of a micro-batch: chosen once, halved when memory was exhausted.</summary>
    public int MicroBatch { get; init; }

    /// <summary>How often memory was exhausted.</summary>
    public int MemoryEvents { get; init; }

    /// <summary>Level of detail of a growing network in the last iteration; null: none, or none yet.</summary>
    public double? Lod { get; init; }

    /// <summary>Processes of the last part of the run; 0 in files of earlier programs: 1.</summary>
    public int Processes { get; init; }

    /// <summary>Fingerprint of the data set; null in files of earlier programs.</summary>
    public string? Data { get; init; }

    /// <summary>Threads of the last part of the run: another number changes the last bits.</summary>
    public int Threads { get; init; }

    /// <summary>Strength of the augmentation.</summary>
    public float AugmentStrength { get; init; }

    /// <summary>Sum of the signs since its last adjustment.</summary>
    public double AugmentSignSum { get; init; }

    /// <summary>Number of signs since its last adjustment.</summary>
    public long AugmentSignCount { get; init; }

    /// <summary>Iterations since its last adjustment.</summary>
    public int AugmentIterations { get; init; }

    /// <summary>Best value of the run's metric; null: none yet.</summary>
    public double? BestMetric { get; init; }

    /// <summary>Which number that is; null: none yet, or written by an earlier program.</summary>
    public string? BestMetricName { get; init; }

    /// <summary>
    /// Images seen when a snapshot last got a plain name, six digits of kimg; -1: none has; null in files of earlier programs.
    /// </summary>
    public long? PlainSnapshot { get; init; }

    /// <summary>The same of grids.</summary>
    public long? PlainGrid { get; init; }

    /// <summary>Ticks in a row whose signs said that the discriminator has won.</summary>
    public int OverpoweredTicks { get; init; }
}
