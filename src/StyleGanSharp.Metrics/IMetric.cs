using StyleGanSharp.Networks;

namespace StyleGanSharp.Metrics;

/// <summary>One number about a generator under one protocol; registered in <see cref="MetricCatalog"/>.</summary>
public interface IMetric
{
    /// <summary>The field's name for the metric with its protocol, e.g. <c>eqt50k_int</c>.</summary>
    string Name { get; }

    /// <summary>What the number says, a few words.</summary>
    string Description { get; }

    /// <summary>Images of the generator that the protocol asks for.</summary>
    int ProtocolSamples { get; }

    /// <summary>Checks, before any work, that the metric can be measured for a generator.</summary>
    /// <exception cref="MetricException">It cannot.</exception>
    void Require(IGenerator generator);

    /// <summary>Measures. Needs memory for one batch, however many images are made.</summary>
    /// <param name="run">The generator and the amount of work.</param>
    /// <exception cref="MetricException">The metric cannot be measured for this generator.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    MetricResult Measure(MetricRun run);
}
