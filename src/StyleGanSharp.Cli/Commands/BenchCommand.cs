using System.CommandLine;
using System.Globalization;
using StyleGanSharp.Cli.Benchmarks;
using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan bench</c>: how fast generators run, beside what the machine can do.</summary>
internal static class BenchCommand
{
    private const int MaxBatch = 1024;

    internal static Command Create(CommandOutput output)
    {
        var network = new Option<string?>("--network") { Description = $"Measure this snapshot's generator, or random weights: {string.Join(", ", BenchSubject.All.Select(s => s.Name))} (default: these).", HelpName = "NETWORK" };
        var resolution = new Option<int?>("--resolution") { Description = "Measure a StyleGAN2 generator of this size with random weights.", HelpName = "N" };
        var cbase = new Option<int?>("--cbase") { Description = "Its channel base; default: 32768 from 512 on, else 16384.", HelpName = "N" };
        var cmax = new Option<int>("--cmax") { Description = "Its most channels.", HelpName = "N", DefaultValueFactory = _ => 512 };
        var batch = new Option<string>("--batch") { Description = "Batch sizes, e.g. 1,8.", HelpName = "LIST", DefaultValueFactory = _ => "1,8" };
        var seconds = new Option<double>("--seconds") { Description = "Longest measurement per row.", HelpName = "S", DefaultValueFactory = _ => 15 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var device = new DeviceOptions();
        var command = new Command("bench", "Measure images per second against the machine's own ceiling.")
        {
            network, resolution, cbase, cmax, batch, seconds, json,
        };
        device.AddTo(command);
        command.Add(BenchTrainCommand.Create(output));
        command.SetAction((parsed, cancel) =>
        {
            if (parsed.GetValue(network) is not null && parsed.GetValue(resolution) is not null)
            {
                throw new UserException("--network and --resolution exclude each other: a snapshot brings its own size.");
            }

            if (parsed.GetValue(resolution) is null && parsed.GetValue(cbase) is not null)
            {
                throw new UserException("--cbase needs --resolution.");
            }

            var options = new BenchOptions
            {
                Network = parsed.GetValue(network),
                Resolution = parsed.GetValue(resolution),
                ChannelBase = parsed.GetValue(cbase),
                ChannelMax = parsed.GetValue(cmax),
                Batches = ParseBatches(parsed.GetValue(batch)!),
                Seconds = parsed.GetValue(seconds),
            };
            options.Validate();
            BenchReport report = BenchJob.Run(options, device.Apply(parsed), output, cancel);
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

    private static int[] ParseBatches(string text) =>
    [
        .. text.Split(',').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is >= 1 and <= MaxBatch
                ? size
                : throw new UserException($"--batch '{text}': '{part}' is no batch size; write for example 1,8 (1 to {MaxBatch}).")),
    ];
}
