namespace StyleGanSharp.Metrics;

/// <summary>
/// A way to measure a generator under one protocol; <see cref="MetricCatalog"/> makes them from their names. Image set metrics are
/// better measured together, by <see cref="MetricRunner"/>: they share the images.
/// </summary>
public interface IMetric
{
    /// <summary>The field's name for the metric with its protocol, e.g. <c>fid50k_full</c>.</summary>
    string Name { get; }

    /// <summary>What the number says, a few words.</summary>
    string Description { get; }

    /// <summary>Images of the generator that the protocol asks for.</summary>
    int ProtocolSamples { get; }

    /// <summary>What a run has to bring besides the generator.</summary>
    MetricNeeds Needs { get; }

    /// <summary>Which numbers are good ones.</summary>
    MetricDirection Better { get; }

    /// <summary>Checks, before any work, that the metric can be measured.</summary>
    /// <exception cref="MetricException">It cannot.</exception>
    void Require(MetricContext context);

    /// <summary>Measures.</summary>
    /// <param name="context">The generator, what it is compared with, and the amount of work.</param>
    /// <returns>One number, or several where the metric has several, e.g. precision and recall.</returns>
    /// <exception cref="MetricException">The metric cannot be measured for this generator.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    IReadOnlyList<MetricResult> Measure(MetricContext context);
}
