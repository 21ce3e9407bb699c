using StyleGanSharp.Metrics;
using StyleGanSharp.Networks;

namespace StyleGanSharp.Cli.Measurements;

/// <summary>What <c>stylegan metrics</c> was asked for.</summary>
internal sealed record MetricsOptions
{
    internal const int MaxSamples = 10_000_000;
    internal const int MaxBatch = 1024;

    internal required string Network { get; init; }

    internal required IReadOnlyList<IMetric> Metrics { get; init; }

    /// <summary>Images per metric; null: what each metric's protocol says.</summary>
    internal int? Samples { get; init; }

    internal int Batch { get; init; } = 4;

    internal Precision Precision { get; init; }

    /// <summary>
    /// Seed of every metric's draws, each metric starting over, so that a number does not depend on its neighbours.
    /// </summary>
    internal uint Seed { get; init; }

    /// <summary>Finds metrics by their names.</summary>
    /// <param name="list">Names separated by commas.</param>
    /// <exception cref="UserException">A name is unknown or comes twice.</exception>
    internal static IReadOnlyList<IMetric> ParseMetrics(string list)
    {
        var found = new List<IMetric>();
        foreach (string name in list.Split(',', StringSplitOptions.TrimEntries))
        {
            IMetric metric = MetricCatalog.Find(name) ?? throw new UserException(
                $"--metrics '{list}': '{name}' is not a metric; there are "
                    + $"{string.Join(", ", MetricCatalog.All.Select(m => m.Name))}.");
            if (found.Contains(metric))
            {
                throw new UserException($"--metrics '{list}' names {name} twice: name it once.");
            }

            found.Add(metric);
        }

        return found;
    }

    /// <exception cref="UserException">A number is out of range.</exception>
    internal void Validate()
    {
        if (Samples is < 1 or > MaxSamples)
        {
            throw new UserException($"--num {Samples}: expected 1 to {MaxSamples}.");
        }

        if (Batch is < 1 or > MaxBatch)
        {
            throw new UserException($"--batch {Batch}: expected 1 to {MaxBatch}.");
        }
    }
}
