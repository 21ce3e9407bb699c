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
            Description = "Snapshot to measure: a file, an address, or a name: ffhq or another official network, people, letters.",
            HelpName = "NETWORK",
            Required = true,
        };
        var metrics = new Option<string>("--metrics")
        {
            Description = $"What to measure, separated by commas: "
                + $"{string.Join("; ", MetricCatalog.All.Select(m => $"{m.Name}, {m.Description}"))}. "
                + "Numbers of images may be others, e.g. fid5k_full.",
            HelpName = "LIST",
            Required = true,
        };
        var data = new Option<string?>("--data")
        {
            Description = "Real images to compare with: zip, folder or TFRecords, as for training.",
            HelpName = "PATH",
        };
        var mirror = new Option<bool>("--mirror")
        {
            Description = "The network was trained on mirrored images too: metrics without _full count them.",
        };
        var samples = new Option<int?>("--num")
        {
            Description = "Images per metric; default: the number in the metric's name.",
            HelpName = "N",
        };
        var batch = new Option<int?>("--batch")
        {
            Description = "Images at a time; those of an equivariance share one shift or rotation. Default: 4 to 8.",
            HelpName = "N",
        };
        var seed = new Option<uint>("--seed")
        {
            Description = "Seed of latents, classes, shifts and angles.",
            HelpName = "N",
            DefaultValueFactory = _ => 0
        };
        var psi = new Option<double>("--trunc")
        {
            Description = "Truncation psi of the generated images.",
            HelpName = "PSI",
            DefaultValueFactory = _ => 1
        };
        var detector = new Option<string[]>("--detector")
        {
            Description = "Feature network to use instead of the shipped SqueezeNet: a TorchScript detector, whose "
                + $"code is executed, or .safetensors; {MetricsOptions.OfficialDetectors} downloads the field's once. May be "
                + "given several times.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => []
        };
        var lpips = new Option<string?>("--lpips")
        {
            Description = "Weights of the perceptual distance: one file, or backbone,heads.",
            HelpName = "FILES",
        };
        var resize = new Option<string>("--resize")
        {
            Description = "How images get the detector's size: own, as published numbers have it, or clean, without aliasing.",
            HelpName = "HOW",
            DefaultValueFactory = _ => "own"
        };
        var classifiers = new Option<string?>("--classifiers")
        {
            Description = "Classifiers of ls, separated by commas: people (portraits like those of the shipped model), faces "
                + "(photographs), or files of one attribute each: TorchScript, executed, or TensorFlow pickles. Default: people.",
            HelpName = "LIST",
        };
        var report = new Option<string?>("--report")
        {
            Description = "Write a page with the numbers, images, nearest real images, spectra, and precision and recall by "
                + "truncation: one file, index.html, in this folder.",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of a table." };
        var precision = new PrecisionOptions();
        var device = new DeviceOptions();
        var command = new Command("metrics", "Measure a generator.")
        {
            network, metrics, data, mirror, samples, batch, seed, psi, detector, lpips, resize, classifiers, report, json,
        };
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
                Data = parsed.GetValue(data),
                Mirror = parsed.GetValue(mirror),
                Samples = parsed.GetValue(samples),
                Batch = parsed.GetValue(batch),
                Seed = parsed.GetValue(seed),
                Psi = parsed.GetValue(psi),
                Detectors = parsed.GetValue(detector)!,
                Lpips = List(parsed.GetValue(lpips)),
                Resize = MetricsOptions.ParseResize(parsed.GetValue(resize)!),
                Classifiers = List(parsed.GetValue(classifiers)),
                Report = parsed.GetValue(report),
                Precision = precision.Parse(parsed),
            };
            options.Validate();
            MetricsReport measured = MetricsJob.Run(options, () => device.Apply(parsed), output, cancel);
            if (parsed.GetValue(json))
            {
                measured.WriteJson(output.Results);
            }
            else
            {
                measured.WriteTable(output.Results);
            }

            return Task.FromResult((int)(measured.IsComplete ? ExitCode.Done : ExitCode.Failed));
        });
        return command;
    }

    private static string[] List(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
