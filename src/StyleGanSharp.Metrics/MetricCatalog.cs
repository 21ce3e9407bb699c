using StyleGanSharp.Metrics.Equivariance;

namespace StyleGanSharp.Metrics;

/// <summary>All metrics by name. A new one is a class of its own and a line here.</summary>
public static class MetricCatalog
{
    /// <summary>The metrics, in the order in which they are listed to users.</summary>
    public static IReadOnlyList<IMetric> All { get; } =
    [
        new IntegerTranslationEquivariance(),
        new FractionalTranslationEquivariance(),
        new RotationEquivariance(),
    ];

    /// <summary>The metric of a name; null where there is none.</summary>
    public static IMetric? Find(string name) => All.FirstOrDefault(m => m.Name == name);
}
