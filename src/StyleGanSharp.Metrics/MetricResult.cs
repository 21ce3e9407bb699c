namespace StyleGanSharp.Metrics;

/// <summary>A measured number with what it rests on.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; null: none.</param>
/// <param name="Samples">Images of the generator that were made for it.</param>
public sealed record MetricResult(string Metric, double Value, string? Unit, int Samples)
{
    /// <summary>The network whose features were compared; null: the metric compares pixels.</summary>
    public string? Detector { get; init; }

    /// <summary>How images were resized for the detector; null: they were not.</summary>
    public string? ResizeFilter { get; init; }
}
