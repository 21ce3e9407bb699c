namespace StyleGanSharp.Metrics;

/// <summary>A number that a result consists of.</summary>
/// <param name="Name">Of what, e.g. an attribute or a resolution.</param>
/// <param name="Value">The number.</param>
public sealed record MetricDetail(string Name, double Value);
