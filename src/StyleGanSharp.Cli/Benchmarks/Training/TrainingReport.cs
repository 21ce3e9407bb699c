using StyleGanSharp.Benchmarking;
using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Benchmarking.Training;
using StyleGanSharp.Cli.Output;

namespace StyleGanSharp.Cli.Benchmarks.Training;

/// <summary>What <c>bench train</c> measured.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Training">The workloads.</param>
internal sealed record TrainingReport(MachineInfo Machine, IReadOnlyList<TrainingRow> Training)
{
    internal void WriteTable(TextWriter output)
    {
        Machine.Write(output);
        List<string[]> rows = [["workload", "", "s/kimg", "official", "times", "floor", "of floor", "peak GB", "goal", ""]];
        foreach (TrainingRow row in Training)
        {
            rows.Add(
            [
                row.Title, row.Precision, $"{row.SecondsPerKimg:0.0}", $"{row.Official:0}",
                $"{row.Official / row.SecondsPerKimg:0.0}",
                $"{row.FloorSecondsPerKimg:0.0}", $"{row.FractionOfFloor:0 %}", $"{PeakMemory.Gigabytes(row.PeakBytes):0.00}",
                $"{row.GoalSecondsPerKimg:0}", Goals.Words(row.Reached),
            ]);
        }

        PlainTable.Write(output, rows, 2, 3, 4, 5, 6, 7, 8);
    }
}
