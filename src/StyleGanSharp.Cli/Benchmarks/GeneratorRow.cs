namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>One measured generator at one batch size.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Batch">Pictures per call.</param>
/// <param name="GflopPerImage">Multiplications and additions of its convolutions, in 10^9.</param>
/// <param name="BestSeconds">Fastest call, per picture.</param>
/// <param name="MedianSeconds">Median call, per picture.</param>
/// <param name="Runs">Calls that were timed.</param>
internal sealed record GeneratorRow(string Name, int Batch, double GflopPerImage, double BestSeconds, double MedianSeconds, int Runs);
