namespace StyleGanSharp.Metrics;

/// <summary>A measured number with what it rests on.</summary>
/// <param name="Metric">
/// Name of the number: the metric's, with the feature space where that is not the metric's own, e.g. <c>fid50k_full</c> or
/// <c>frechet50k_full/squeezenet</c>.
/// </param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; null: none.</param>
/// <param name="Samples">Images of the generator that were made for it.</param>
public sealed record MetricResult(string Metric, double Value, string? Unit, int Samples)
{
    /// <summary>The network whose features were compared; null: the metric compares pixels.</summary>
    public string? Detector { get; init; }

    /// <summary>How images were resized for the detector; null: they were not.</summary>
    public string? ResizeFilter { get; init; }

    /// <summary>Real images, mirrored ones included; null: none were needed.</summary>
    public int? Reals { get; init; }

    /// <summary>Truncation of the generated images; 1: none.</summary>
    public double Psi { get; init; } = 1;

    /// <summary>Standard deviation over the parts of which the number is the mean; null: there are none.</summary>
    public double? Deviation { get; init; }

    /// <summary>What reads the number beside it, e.g. by attribute; empty: nothing.</summary>
    public IReadOnlyList<MetricDetail> Details { get; init; } = [];
}
