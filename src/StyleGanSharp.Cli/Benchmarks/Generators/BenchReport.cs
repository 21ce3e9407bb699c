using StyleGanSharp.Benchmarking;
using StyleGanSharp.Benchmarking.Convolutions;
using StyleGanSharp.Benchmarking.Generators;
using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Cli.Output;

using StyleGanSharp.Generation.Text;
namespace StyleGanSharp.Cli.Benchmarks.Generators;

/// <summary>What <c>bench</c> measured.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Convolutions">The ceiling's shapes.</param>
/// <param name="Generators">The generators.</param>
internal sealed record BenchReport(
    MachineInfo Machine, IReadOnlyList<CeilingRow> Convolutions, IReadOnlyList<GeneratorRow> Generators)
{
    /// <summary>The best of the float32 shapes, 10^9 operations per second.</summary>
    public double? CeilingGflops => ConvolutionCeiling.Best(Convolutions, ConvolutionCeiling.Single);

    /// <summary>The best of the bfloat16 shapes; null: the processor has no bfloat16.</summary>
    public double? CeilingBf16Gflops => ConvolutionCeiling.Best(Convolutions, ConvolutionCeiling.Half);

    internal void WriteTable(TextWriter output)
    {
        Machine.Write(output);
        WriteCeiling(output);
        List<string[]> rows = [
            ["generator", "batch", "", "s/image", "median", "images/s", "GFLOP", "of ceiling", "floor s", "of floor", "peak GB",
                "goal s", ""]];
        foreach (GeneratorRow row in Generators)
        {
            rows.Add(
            [
                SafeText.Of(row.Title), $"{row.Batch}", row.Precision, $"{row.SecondsPerImage:0.000}",
                $"{row.MedianSecondsPerImage:0.000}",
                $"{row.ImagesPerSecond:0.00}", $"{row.GflopPerImage:0.0}", $"{row.FractionOfCeiling:0 %}",
                $"{row.FloorSecondsPerImage:0.000}", $"{row.FractionOfFloor:0 %}", $"{PeakMemory.Gigabytes(row.PeakBytes):0.00}",
                $"{row.GoalSecondsPerImage:0.000}", Goals.Words(row.Reached),
            ]);
        }

        PlainTable.Write(output, rows, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    private void WriteCeiling(TextWriter output)
    {
        List<string[]> rows = [
            ["3x3 convolution, GFLOP/s", "row-major", "channels-last", .. CeilingBf16Gflops is null
                ? Array.Empty<string>() : ["bf16, channels-last"]]];
        foreach (IGrouping<(int Channels, int Resolution), CeilingRow> shape in Convolutions.GroupBy(
            c => (c.Channels, c.Resolution)))
        {
            rows.Add([$"{shape.Key.Channels} channels, {shape.Key.Resolution}x{shape.Key.Resolution}", .. shape.Select(
                c => $"{c.Gflops:0}")]);
        }

        PlainTable.Write(output, rows, 1, 2, 3);
        output.WriteLine($"Ceiling: {CeilingGflops:0} GFLOP/s");
        output.WriteLine();
    }
}
