namespace StyleGanSharp.Benchmarking.Generators;

/// <summary>One measured generator at one batch size, in a process of its own.</summary>
/// <param name="Name">The subject's name, or the file's.</param>
/// <param name="Title">What it is.</param>
/// <param name="Batch">Images per call.</param>
/// <param name="Precision"><c>fp32</c>, or <c>bf16</c> for <c>--precision fast</c> (float16 on devices without bfloat16).</param>
/// <param name="GflopPerImage">Multiplications and additions of its convolutions, in 10^9.</param>
/// <param name="SecondsPerImage">Fastest call, per image.</param>
/// <param name="MedianSecondsPerImage">Median call, per image.</param>
/// <param name="Runs">Calls that were timed.</param>
/// <param name="FloorSecondsPerImage">Its own convolutions alone, per image.</param>
/// <param name="PeakBytes">Most memory of the whole process.</param>
/// <param name="GoalSecondsPerImage">What it is meant to reach; null: there is no goal.</param>
internal sealed record GeneratorRow(
    string Name, string Title, int Batch, string Precision, double GflopPerImage, double SecondsPerImage,
    double MedianSecondsPerImage,
    int Runs, double FloorSecondsPerImage, long PeakBytes, double? GoalSecondsPerImage)
{
    /// <summary>The arithmetic as a share of what the machine's fastest plain convolution does in the time.</summary>
    public double? FractionOfCeiling { get; init; }

    /// <summary>Images per second.</summary>
    public double ImagesPerSecond => Math.Round(1 / SecondsPerImage, 3);

    /// <summary>The floor as a share of the time; above 1 something is wrong with the measurement.</summary>
    public double FractionOfFloor => Math.Round(FloorSecondsPerImage / SecondsPerImage, 4);

    /// <summary>Whether the row counts as reached; null: there is no goal.</summary>
    public bool? Reached => Goals.Reached(GoalSecondsPerImage, SecondsPerImage, FloorSecondsPerImage);
}
