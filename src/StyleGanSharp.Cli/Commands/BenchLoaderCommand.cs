using System.CommandLine;
using StyleGanSharp.Cli.Benchmarks;
using StyleGanSharp.Cli.Benchmarks.Loading;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan bench loader</c>: how fast training's images are read.</summary>
internal static class BenchLoaderCommand
{
    private const int MaxWorkers = 1024;

    internal static Command Create(CommandOutput output)
    {
        var workers = new Option<int>("--workers")
        {
            Description = "Threads that decode.",
            HelpName = "N",
            DefaultValueFactory = _ => 2,
        };
        Option<double> seconds = BenchOption.Seconds(10);
        Option<bool> json = BenchOption.Json();
        var command = new Command(
            "loader", "Measure images per second of the data loader, on archives made for it and removed again.") { workers,
            seconds, json };
        command.SetAction((parsed, cancel) =>
        {
            LoaderReport report = LoaderBenchJob.Run(
                BenchOption.Count(parsed, workers, MaxWorkers), BenchOption.Seconds(parsed, seconds), output, cancel);
            if (parsed.GetValue(json))
            {
                BenchJson.Write(output.Results, report, BenchJson.Readable.LoaderReport);
            }
            else
            {
                report.WriteTable(output.Results);
            }

            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
