using StyleGanSharp.Metrics;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Features;

namespace StyleGanSharp.Cli.Measurements;

/// <summary>What <c>stylegan metrics</c> was asked for.</summary>
internal sealed record MetricsOptions
{
    internal const int MaxSamples = 10_000_000;
    internal const int MaxBatch = 1024;

    /// <summary>Stands for the field's detectors, downloaded once.</summary>
    internal const string OfficialDetectors = "official";

    internal required string Network { get; init; }

    internal required IReadOnlyList<IMetric> Metrics { get; init; }

    /// <summary>The real images: zip, folder or TFRecords; null: none.</summary>
    internal string? Data { get; init; }

    /// <summary>Whether the network was trained on mirrored images.</summary>
    internal bool Mirror { get; init; }

    /// <summary>Images per metric; null: what each metric's protocol says.</summary>
    internal int? Samples { get; init; }

    /// <summary>Images at a time; null: each metric's default.</summary>
    internal int? Batch { get; init; }

    /// <summary>Truncation; 1: none.</summary>
    internal double Psi { get; init; } = 1;

    internal Precision Precision { get; init; }

    /// <summary>Files of detectors, or <see cref="OfficialDetectors"/>.</summary>
    internal IReadOnlyList<string> Detectors { get; init; } = [];

    /// <summary>Files of LPIPS weights; empty: those of a detector, else the shipped ones.</summary>
    internal IReadOnlyList<string> Lpips { get; init; } = [];

    internal FeatureResize Resize { get; init; }

    /// <summary>Where the report is written; null: none is.</summary>
    internal string? Report { get; init; }

    /// <summary>Classifiers of linear separability.</summary>
    internal IReadOnlyList<string> Classifiers { get; init; } = [];

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
                    + $"{string.Join(", ", MetricCatalog.All.Select(m => m.Name))}, also with other numbers of images, "
                    + "as in fid5k_full.");
            if (found.Any(m => m.Name == metric.Name))
            {
                throw new UserException($"--metrics '{list}' names {name} twice: name it once.");
            }

            found.Add(metric);
        }

        return found;
    }

    /// <exception cref="UserException">There is no such way.</exception>
    internal static FeatureResize ParseResize(string name) => name switch
    {
        "own" => FeatureResize.Own,
        "clean" => FeatureResize.Clean,
        _ => throw new UserException($"--resize '{name}': expected own or clean."),
    };

    /// <exception cref="UserException">A number is out of range, or the real images are missing.</exception>
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

        if (!double.IsFinite(Psi))
        {
            throw new UserException("--trunc: expected a number.");
        }

        if (Data is null && Metrics.FirstOrDefault(m => m.Needs.HasFlag(MetricNeeds.Reals)) is { } metric)
        {
            throw new UserException($"--metrics {metric.Name} compares with real images: name their data set with --data.");
        }
    }
}
