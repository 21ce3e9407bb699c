using System.CommandLine;
using StyleGanSharp.Benchmarking.Training;
using StyleGanSharp.Cli.Benchmarks;
using StyleGanSharp.Cli.Benchmarks.Training;
using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan bench train</c>: seconds per thousand images of training, and its peak memory.</summary>
internal static class BenchTrainCommand
{
    internal static Command Create(CommandOutput output)
    {
        var workload = new Option<string?>("--workload")
        {
            Description = $"Only one of {string.Join(", ", TrainingWorkload.All.Select(w => w.Name))}.",
            HelpName = "NAME",
        };
        Option<string?> precision = BenchOption.Precision();
        Option<bool> json = BenchOption.Json();
        var device = new DeviceOptions();
        var command = new Command(
            "train", "Measure training: seconds per thousand images, beside its own convolutions' and the official code's.") { workload, precision, json };
        device.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            TrainingReport report = TrainingBenchJob.Run(
                parsed.GetValue(workload), BenchOption.Precision(parsed, precision), device.Arguments(parsed), () =>
                    device.Apply(parsed), output, cancel);
            if (parsed.GetValue(json))
            {
                BenchJson.Write(output.Results, report, BenchJson.Readable.TrainingReport);
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
