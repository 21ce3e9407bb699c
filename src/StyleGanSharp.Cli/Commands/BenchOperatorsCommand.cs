using System.CommandLine;
using StyleGanSharp.Cli.Benchmarks;
using StyleGanSharp.Cli.Benchmarks.Operators;
using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan bench operators</c>: single operators against their references.</summary>
internal static class BenchOperatorsCommand
{
    internal static Command Create(CommandOutput output)
    {
        Option<double> seconds = BenchOption.Seconds(1);
        Option<bool> json = BenchOption.Json();
        var reference = new Option<string?>("--reference")
        {
            Description = "Measure the reference of this operator in this process, as JSON.",
            Hidden = true,
        };
        var device = new DeviceOptions();
        var command = new Command(
            "operators", "Measure single operators, forward and backward, against their references.") { seconds, json,
            reference };
        device.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            double budget = BenchOption.Seconds(parsed, seconds);
            OperatorReport report = parsed.GetValue(reference) is string name
                ? OperatorBenchJob.Reference(name, budget, device.Apply(parsed), cancel)
                : OperatorBenchJob.Run(budget, device.Arguments(parsed), device.Apply(parsed), output, cancel);
            if (parsed.GetValue(json) || parsed.GetValue(reference) is not null)
            {
                BenchJson.Write(output.Results, report, BenchJson.Readable.OperatorReport);
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
