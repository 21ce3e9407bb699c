namespace StyleGanSharp.Benchmarking.Training;

/// <summary>One measured workload.</summary>
/// <param name="Name">Of the workload.</param>
/// <param name="Title">What it is.</param>
/// <param name="Precision"><c>fp32</c>, or <c>bf16</c> for <c>--precision fast</c>.</param>
/// <param name="SecondsPerKimg">Seconds per thousand images, all phases in the share they have in training.</param>
/// <param name="Official">The same of the official code.</param>
/// <param name="FloorSecondsPerKimg">Its own convolutions alone.</param>
/// <param name="PeakBytes">Peak memory of the whole process.</param>
/// <param name="GoalSecondsPerKimg">What it is meant to reach; null: there is no goal.</param>
/// <param name="Phases">Seconds of one iteration's phases: main, with path length, with everything.</param>
internal sealed record TrainingRow(
    string Name, string Title, string Precision, double SecondsPerKimg, double Official, double FloorSecondsPerKimg,
    long PeakBytes,
    double? GoalSecondsPerKimg, double[] Phases)
{
    /// <summary>The floor as a share of the time.</summary>
    public double FractionOfFloor => Math.Round(FloorSecondsPerKimg / SecondsPerKimg, 4);

    /// <summary>Whether the row counts as reached; null: there is no goal.</summary>
    public bool? Reached => Goals.Reached(GoalSecondsPerKimg, SecondsPerKimg, FloorSecondsPerKimg);
}
