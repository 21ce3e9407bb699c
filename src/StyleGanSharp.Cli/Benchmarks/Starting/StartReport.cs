using StyleGanSharp.Benchmarking;
using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Cli.Output;

namespace StyleGanSharp.Cli.Benchmarks.Starting;

/// <summary>What <c>bench start</c> measured.</summary>
/// <param name="Machine">Where.</param>
/// <param name="SnapshotBytes">Size of the network file that is generated from.</param>
/// <param name="Start">The processes.</param>
internal sealed record StartReport(MachineInfo Machine, long SnapshotBytes, IReadOnlyList<StartRow> Start)
{
    internal void WriteTable(TextWriter output)
    {
        Machine.Write(output);
        List<string[]> rows = [["whole process", "s", "median", "runs", "peak GB", "goal s", ""]];
        foreach (StartRow row in Start)
        {
            string peak = row.PeakBytes is long bytes ? $"{PeakMemory.Gigabytes(bytes):0.00}" : "";
            rows.Add([row.Title, $"{row.Seconds:0.000}", $"{row.MedianSeconds:0.000}", $"{row.Runs}", peak,
                $"{row.GoalSeconds:0.0}", Goals.Words(row.Reached)]);
        }

        PlainTable.Write(output, rows, 1, 2, 3, 4, 5);
    }
}
