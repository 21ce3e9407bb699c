using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Sessions;

/// <summary>What to train, where, and what to watch while it trains.</summary>
public sealed record TrainingSessionOptions
{
    private const int MaxProcesses = 1024;
    private const int MinSamples = 2;
    private const int MaxSamples = 1_000_000;

    /// <summary>The training itself.</summary>
    public required TrainingRequest Request { get; init; }

    /// <summary>The run's folder. The same options on the same folder continue the run exactly.</summary>
    public required string OutDir { get; init; }

    /// <summary>Device and threads. Processes of one machine share its cores unless the threads are given.</summary>
    public ComputeOptions Compute { get; init; } = new();

    /// <summary>
    /// Processes of this machine that train together, 1 to 1024; null: one, or as many as the launcher of this process started.
    /// </summary>
    public int? Processes { get; init; }

    /// <summary>Every process has a CUDA device of its own.</summary>
    public bool OneDeviceEach { get; init; }

    /// <summary>Minutes after which the state is saved at the latest, above 0.</summary>
    public double SaveMinutes { get; init; } = 10;

    /// <summary>Grids carry the options of the run.</summary>
    public bool Metadata { get; init; } = true;

    /// <summary>
    /// What is measured at every snapshot: <c>fid</c>, <c>none</c>, <c>auto</c> (a distance where there is a detector), or names
    /// of metrics (<see cref="StyleGanSharp.Metrics.MetricCatalog"/>), separated by commas.
    /// </summary>
    public string Metrics { get; init; } = MetricChoice.Auto;

    /// <summary>
    /// File of the network whose feature space distances are taken in; null: the SqueezeNet beside the program where something is
    /// measured.
    /// </summary>
    public string? Detector { get; init; }

    /// <summary>
    /// Generated images of every metric, 2 to 1,000,000; null: the number in a metric's name, and 5,000 of a distance without one.
    /// </summary>
    public int? MetricSamples { get; init; }

    // What the user calls the number of processes.
    internal OptionName CountName => OneDeviceEach ? Names.OneDeviceEach : Names.Processes;

    /// <summary>
    /// What is wrong before anything is opened; empty: nothing. Data and networks are checked when the session starts.
    /// </summary>
    public IReadOnlyList<OptionProblem> Validate()
    {
        var problems = new List<OptionProblem>(Compute.Validate());
        if (!(SaveMinutes > 0))
        {
            problems.Add(Problems.Of(Names.SaveMinutes, SaveMinutes, "expected a number above 0"));
        }

        if (Processes is < 1 or > MaxProcesses)
        {
            problems.Add(Problems.Of(CountName, Processes, $"expected 1 to {MaxProcesses}"));
        }

        MetricChoice.Parse(Metrics, problems);
        if (MetricSamples is < MinSamples or > MaxSamples)
        {
            problems.Add(Problems.Of(Names.MetricSamples, MetricSamples, $"expected {MinSamples} to {MaxSamples}"));
        }

        return problems;
    }
}
