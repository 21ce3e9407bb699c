namespace StyleGanSharp.Cli.Benchmarks.Training;

/// <summary>One measured workload.</summary>
/// <param name="Name">Of the workload.</param>
/// <param name="Title">What it is.</param>
/// <param name="SecondsPerKimg">Seconds per thousand images, all phases in the share they have in training.</param>
/// <param name="Official">The same of the official code.</param>
/// <param name="PeakGigabytes">Peak memory of the whole process.</param>
/// <param name="Phases">Seconds of one iteration's phases: main, with path length, with everything.</param>
internal sealed record TrainingRow(string Name, string Title, double SecondsPerKimg, double Official, double PeakGigabytes, double[] Phases);
