namespace StyleGanSharp.Metrics;

/// <summary>A metric cannot be measured for a generator; the message is one sentence for the user.</summary>
/// <param name="message">Which metric, why not, and for what it can.</param>
public sealed class MetricException(string message) : Exception(message);
