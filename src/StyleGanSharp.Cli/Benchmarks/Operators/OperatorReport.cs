using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Benchmarking.Operators;
using StyleGanSharp.Cli.Output;

namespace StyleGanSharp.Cli.Benchmarks.Operators;

/// <summary>What <c>bench operators</c> measured.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Operators">The operators.</param>
internal sealed record OperatorReport(MachineInfo Machine, IReadOnlyList<OperatorRow> Operators)
{
    internal void WriteTable(TextWriter output)
    {
        Machine.Write(output);
        List<string[]> rows = [["operator", "on", "pass", "ms", "reference", "times"]];
        foreach (OperatorRow row in Operators)
        {
            rows.Add([row.Name, row.Shape, row.Pass, $"{row.Seconds * 1000:0.00}", $"{row.ReferenceSeconds * 1000:0.00}",
                $"{row.Ratio:0.0}"]);
        }

        PlainTable.Write(output, rows, 3, 4, 5);
    }
}
