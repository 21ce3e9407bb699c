using System.CommandLine;
using StyleGanSharp.Cli.Benchmarks;
using StyleGanSharp.Cli.Benchmarks.Starting;
using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan bench start</c>: whole processes, from their start to their end.</summary>
internal static class BenchStartCommand
{
    private const int MaxRuns = 1000;

    internal static Command Create(CommandOutput output)
    {
        var runs = new Option<int>("--runs")
        {
            Description = "Runs of each kind, after one that fills the disk cache.",
            HelpName = "N",
            DefaultValueFactory = _ => 5
        };
        Option<bool> json = BenchOption.Json();
        var load = new Option<bool>("--load") { Description = "Load libtorch and end.", Hidden = true };
        var device = new DeviceOptions();
        var command = new Command(
            "start", "Measure whole processes: starting, loading libtorch, making one image from a file of 100 MB.") { runs, json,
            load };
        device.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            int count = BenchOption.Count(parsed, runs, MaxRuns);
            var found = device.Apply(parsed);
            if (parsed.GetValue(load))
            {
                return Task.FromResult((int)ExitCode.Done);
            }

            StartReport report = StartBenchJob.Run(count, device.Arguments(parsed), found, output, cancel);
            if (parsed.GetValue(json))
            {
                BenchJson.Write(output.Results, report, BenchJson.Readable.StartReport);
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
