using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Runs;

/// <summary>How a run is carried out, without influence on what comes out of it.</summary>
public sealed record RunSettings
{
    /// <summary>Where to compute.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>The state is saved at least so often, besides at every snapshot.</summary>
    public TimeSpan SaveInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The distance of generated pictures from real ones, lower is better; null: none.</summary>
    public IRunMetric? Metric { get; init; }

    /// <summary>Called after every iteration, for tests that end a run at a certain moment.</summary>
    public Action<long>? IterationDone { get; init; }
}
