using StyleGanSharp.Benchmarking;
namespace StyleGanSharp.Cli.Benchmarks.Starting;

/// <summary>How long a whole process takes.</summary>
/// <param name="Name"><c>start</c>, <c>load</c> or <c>generate</c>.</param>
/// <param name="Title">What it does.</param>
/// <param name="Seconds">Fastest run, from starting the process to its end.</param>
/// <param name="MedianSeconds">Median run.</param>
/// <param name="Runs">Runs that were timed, after one that fills the disk cache.</param>
/// <param name="PeakBytes">Most memory of any run; null where the system does not tell.</param>
/// <param name="GoalSeconds">What it is meant to reach; null: there is no goal.</param>
internal sealed record StartRow(
    string Name, string Title, double Seconds, double MedianSeconds, int Runs, long? PeakBytes, double? GoalSeconds)
{
    /// <summary>Whether the row counts as reached; null: there is no goal.</summary>
    public bool? Reached => Goals.Reached(GoalSeconds, Seconds);
}
