using System.CommandLine;
using StyleGanSharp.Cli.Measurements;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Metrics;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan metrics</c>: numbers about a generator.</summary>
internal static class MetricsCommand
{
    internal static Command Create(CommandOutput output)
    {
        var network = new Option<string>("--network")
        {
            Description = "Snapshot to measure: a file, an address, or the name of an official network, e.g. ffhq.",
            HelpName = "NETWORK",
            Required = true,
        };
        var metrics = new Option<string>("--metrics")
        {
            Description = $"What to measure, separated by commas: "
                + $"{string.Join("; ", MetricCatalog.All.Select(m => $"{m.Name}, {m.Description}"))}.",
            HelpName = "LIST",
            Required = true,
        };
        var samples = new Option<int?>("--num")
        {
            Description = "Pictures per metric; default: the number in the metric's name.",
            HelpName = "N",
        };
        var batch = new Option<int>("--batch")
        {
            Description = "Pictures at a time; they share one shift or rotation.",
            HelpName = "N",
            DefaultValueFactory = _ => 4
        };
        var seed = new Option<uint>("--seed")
        {
            Description = "Seed of latents, classes, shifts and angles.",
            HelpName = "N",
            DefaultValueFactory = _ => 0
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of a table." };
        var precision = new PrecisionOptions();
        var device = new DeviceOptions();
        var command = new Command("metrics", "Measure a generator.") { network, metrics, samples, batch, seed, json };
        foreach (Option option in precision.All)
        {
            command.Add(option);
        }

        device.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var options = new MetricsOptions
            {
                Network = parsed.GetValue(network)!,
                Metrics = MetricsOptions.ParseMetrics(parsed.GetValue(metrics)!),
                Samples = parsed.GetValue(samples),
                Batch = parsed.GetValue(batch),
                Seed = parsed.GetValue(seed),
                Precision = precision.Parse(parsed),
            };
            options.Validate();
            MetricsReport report = MetricsJob.Run(options, () => device.Apply(parsed), output, cancel);
            if (parsed.GetValue(json))
            {
                report.WriteJson(output.Results);
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
