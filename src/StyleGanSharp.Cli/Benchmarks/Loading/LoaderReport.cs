using StyleGanSharp.Benchmarking.Loading;
using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Cli.Output;

namespace StyleGanSharp.Cli.Benchmarks.Loading;

/// <summary>What <c>bench loader</c> measured.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Loader">The sizes.</param>
internal sealed record LoaderReport(MachineInfo Machine, IReadOnlyList<LoaderRow> Loader)
{
    internal void WriteTable(TextWriter output)
    {
        Machine.Write(output);
        List<string[]> rows = [["stored zip", "pictures/s", "median", "MB/s", "workers", "passes"]];
        foreach (LoaderRow row in Loader)
        {
            rows.Add(
            [
                $"{row.Pictures} of {row.Resolution}x{row.Resolution}", $"{row.PicturesPerSecond:0}",
                $"{row.MedianPicturesPerSecond:0}",
                $"{row.PicturesPerSecond * row.Resolution * row.Resolution * 3 / 1e6:0}", $"{row.Workers}", $"{row.Passes}",
            ]);
        }

        PlainTable.Write(output, rows, 1, 2, 3, 4, 5);
    }
}
