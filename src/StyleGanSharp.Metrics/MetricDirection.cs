namespace StyleGanSharp.Metrics;

/// <summary>Which numbers of a metric are good ones.</summary>
public enum MetricDirection
{
    /// <summary>The lower the better.</summary>
    Lower,

    /// <summary>The higher the better.</summary>
    Higher,

    /// <summary>Best near the number of the real images.</summary>
    NearReals,
}
