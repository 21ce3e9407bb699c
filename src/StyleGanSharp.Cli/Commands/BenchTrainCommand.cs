using System.CommandLine;
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
        var json = new Option<bool>("--json") { Description = "Print one JSON array." };
        var device = new DeviceOptions();
        var command = new Command("train", "Measure training: seconds per thousand images and peak memory, beside the official code's.") { workload, json };
        device.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            TrainingBenchJob.Run(
                parsed.GetValue(workload), parsed.GetValue(json), device.Arguments(parsed), () => device.Apply(parsed), output, cancel);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
