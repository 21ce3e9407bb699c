using StyleGanSharp.Metrics;

namespace StyleGanSharp.Cli.Measurements;

/// <summary>A measured metric and how long it took.</summary>
internal sealed record MetricsRow(IMetric Metric, MetricResult Result, TimeSpan Elapsed);
