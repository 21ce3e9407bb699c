namespace StyleGanSharp.Metrics;

/// <summary>How far a step of a measurement has come.</summary>
/// <param name="Step">What is being done, e.g. <c>Generated images</c>.</param>
/// <param name="Done">Images so far.</param>
/// <param name="Total">All images of the step.</param>
public sealed record MetricProgress(string Step, int Done, int Total);
