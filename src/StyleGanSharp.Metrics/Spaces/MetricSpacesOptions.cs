using StyleGanSharp.Networks.Features;

namespace StyleGanSharp.Metrics.Spaces;

/// <summary>The networks that metrics use. Those shipped with the program stand in for what is not given.</summary>
public sealed record MetricSpacesOptions
{
    /// <summary>
    /// Files of detectors that the user named: TorchScript is executed. Each serves what it can: features, classes, perceptual
    /// distance.
    /// </summary>
    public IReadOnlyList<string> Detectors { get; init; } = [];

    /// <summary>File of LPIPS weights, or two (backbone, heads); empty: that of a detector, else the shipped one.</summary>
    public IReadOnlyList<string> Perceptual { get; init; } = [];

    /// <summary>How images get the size that a detector wants.</summary>
    public FeatureResize Resize { get; init; }

    /// <summary>
    /// Classifiers of attributes: <c>people</c>, <c>faces</c>, or files (TorchScript or the official TensorFlow pickles), one
    /// attribute each.
    /// </summary>
    public IReadOnlyList<string> Classifiers { get; init; } = [];
}
