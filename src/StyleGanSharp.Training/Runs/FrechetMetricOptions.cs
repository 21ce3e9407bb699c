using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Runs;

/// <summary>How a <see cref="FrechetMetric"/> measures.</summary>
public sealed record FrechetMetricOptions
{
    /// <summary>Generated images, and the most real ones; at least 2. The default is 5,000.</summary>
    public int Samples { get; init; } = 5000;

    /// <summary>Images that the detector sees at a time. The default is 64, the field's.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>
    /// Images that the generator makes at a time: a run must not need more memory for the metric than for training. The default
    /// is 8.
    /// </summary>
    public int GeneratorBatch { get; init; } = 8;

    /// <summary>Where the generator lies. The default is the CPU.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Names the detector's weights, e.g. the hash of its file: statistics made with another one are not used.</summary>
    public required string DetectorHash { get; init; }

    /// <summary>Where the statistics of the real images are kept; null: nowhere.</summary>
    public string? Cache { get; init; }

    /// <summary>Told of real images that cannot be decoded; null (the default): nobody.</summary>
    public Action<string>? Warn { get; init; }
}
