using System.CommandLine;
using System.Globalization;
using StyleGanSharp.Benchmarking.Generators;
using StyleGanSharp.Cli.Benchmarks;
using StyleGanSharp.Cli.Benchmarks.Generators;
using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan bench</c>: how fast generators run, beside what the machine can do.</summary>
internal static class BenchCommand
{
    private const int MaxBatch = 1024;

    internal static Command Create(CommandOutput output)
    {
        var network = new Option<string?>("--network")
        {
            Description =
                $"Measure this snapshot's generator, or random weights: {BenchSubject.Names}, "
                    + $"{BenchSubject.Everything} (default: those that have a goal).",
            HelpName = "NETWORK"
        };
        var resolution = new Option<int?>("--resolution")
        {
            Description = "Measure a StyleGAN2 generator of this size with random weights.",
            HelpName = "N",
        };
        var cbase = new Option<int?>("--cbase")
        {
            Description = "Its channel base; default: 32768 from 512 on, else 16384.",
            HelpName = "N",
        };
        var cmax = new Option<int>("--cmax")
        {
            Description = "Its most channels.",
            HelpName = "N",
            DefaultValueFactory = _ => 512,
        };
        var batch = new Option<string?>("--batch")
        {
            Description = "Batch sizes, e.g. 1,8; default: those of the goals, 1,8 for a network that was named.",
            HelpName = "LIST"
        };
        Option<double> seconds = BenchOption.Seconds(15);
        Option<string?> precision = BenchOption.Precision();
        Option<bool> json = BenchOption.Json();
        var row = new Option<bool>("--row") { Description = "Measure the one row in this process and print it.", Hidden = true };
        var device = new DeviceOptions();
        var command = new Command("bench", "Measure images per second against the machine's own ceiling.")
        {
            network, resolution, cbase, cmax, batch, precision, seconds, json, row,
        };
        device.AddTo(command);
        command.Add(BenchTrainCommand.Create(output));
        command.Add(BenchOperatorsCommand.Create(output));
        command.Add(BenchLoaderCommand.Create(output));
        command.Add(BenchStartCommand.Create(output));
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
                Batches = parsed.GetValue(batch) is string text ? ParseBatches(text) : null,
                Precision = BenchOption.Precision(parsed, precision),
                Seconds = BenchOption.Seconds(parsed, seconds),
            };
            options.Validate();
            if (parsed.GetValue(row))
            {
                if (options is not { Batches.Length: 1 } || options is { Network: null, Resolution: null })
                {
                    throw new UserException("--row needs --batch with one size, and --network or --resolution.");
                }

                BenchJson.Write(output.Results, options.Measure(device.Apply(parsed), cancel), BenchJson.Readable.GeneratorRow);
                return Task.FromResult((int)ExitCode.Done);
            }

            BenchReport report = BenchJob.Run(options, device.Arguments(parsed), () => device.Apply(parsed), output, cancel);
            if (parsed.GetValue(json))
            {
                BenchJson.Write(output.Results, report, BenchJson.Readable.BenchReport);
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
                : throw new UserException(
                    $"--batch '{text}': '{part}' is not a batch size; write for example 1,8 (1 to {MaxBatch}).")),
    ];
}
