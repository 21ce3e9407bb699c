using StyleGanSharp.Metrics;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Distributed;

namespace StyleGanSharp.Training.Runs;

/// <summary>How a run is carried out. Only another number of processes changes what comes out of it.</summary>
public sealed record RunSettings
{
    /// <summary>Where to compute.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>The state is saved at least so often, besides at every snapshot.</summary>
    public TimeSpan SaveInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What is measured at every snapshot; the first number of the first one decides which snapshot is the best.</summary>
    public IReadOnlyList<IMetric> Metrics { get; init; } = [];

    /// <summary>How a generator is measured; null where nothing is.</summary>
    public Func<IGenerator, CancellationToken, MetricContext>? MetricContext { get; init; }

    /// <summary>
    /// Why a continued run is computed in another precision than the user asked for, as a clause without a stop, for the warning
    /// that says so; null: it is the one asked for.
    /// </summary>
    public string? PrecisionNote { get; init; }

    /// <summary>Grids carry the options of the run.</summary>
    public bool Metadata { get; init; } = true;

    /// <summary>The processes that train together; one alone unless set.</summary>
    public IReducer Reducer { get; init; } = SingleProcess.Instance;

    /// <summary>Called after every iteration with the images seen so far.</summary>
    public Action<long>? ImagesSeen { get; init; }

    /// <summary>Called after every iteration, for tests that end a run at a certain moment.</summary>
    public Action<long>? IterationDone { get; init; }
}
