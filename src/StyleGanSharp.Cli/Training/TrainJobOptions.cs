using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Cli.Training;

/// <summary>What <c>train</c> was asked for.</summary>
internal sealed record TrainJobOptions
{
    /// <summary>The training itself.</summary>
    public required TrainingRequest Request { get; init; }

    /// <summary>The run's folder.</summary>
    public required string OutDir { get; init; }

    /// <summary>Processes that train together; null: as the launcher says, or one.</summary>
    public int? Processes { get; init; }

    /// <summary>The processes have a CUDA device each.</summary>
    public bool IsOnGpus { get; init; }

    /// <summary>Arguments of this program, for the workers.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Only print the options.</summary>
    public bool DryRun { get; init; }

    /// <summary>The state is saved at least so often.</summary>
    public double SaveMinutes { get; init; }

    /// <summary>What is measured at every snapshot.</summary>
    public required RunMetrics Metrics { get; init; }

    /// <summary>Options of the field's programs that were given and have no effect here.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Feature network of the distance.</summary>
    public string? Detector { get; init; }

    /// <summary>Generated pictures of the distance, and the most real ones.</summary>
    public int MetricSamples { get; init; } = 5000;
}
