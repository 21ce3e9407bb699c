using System.Diagnostics;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Metrics;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Measurements;

/// <summary>Measures metrics one after the other.</summary>
internal static class MetricsJob
{
    internal static MetricsReport Run(
        MetricsOptions options, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        // The file is refused, if it must be, before half a second is spent on loading libtorch.
        GeneratorFile file = GeneratorFile.Open(ConsoleModels.Locate(options.Network, output, cancel));
        Device device = findDevice();
        using IGenerator generator = file.Load();
        foreach (string remark in file.Remarks)
        {
            output.Say(remark);
        }

        // A list whose last name does not fit the network fails now, not after hours.
        foreach (IMetric metric in options.Metrics)
        {
            metric.Require(generator);
        }

        generator.To(device);
        ConsoleModels.ApplyPrecision(options.Precision, generator, device, output);

        SayNotices(options, generator, output);
        var rows = new List<MetricsRow>();
        foreach (IMetric metric in options.Metrics)
        {
            rows.Add(Measure(metric, options, generator, device, output, cancel));

            // Long lists lose nothing that is known when they are interrupted.
            output.Say($"{metric.Name}: {MetricsReport.Format(rows[^1].Result)}");
        }

        return new MetricsReport(options, device, rows);
    }

    private static MetricsRow Measure(
        IMetric metric, MetricsOptions options, IGenerator generator, Device device, CommandOutput output,
        CancellationToken cancel)
    {
        MetricResult? result = null;
        Stopwatch watch = Stopwatch.StartNew();
        ProgressLine.Run(output, $"Measuring {metric.Name}", "images", options.Samples ?? metric.ProtocolSamples, done =>
            result = metric.Measure(new MetricRun
            {
                Generator = generator,
                Device = device,
                Random = new NumpyRandom(options.Seed),
                Samples = options.Samples,
                BatchSize = options.Batch,
                Progress = done,
                Cancel = cancel,
            }));
        return new MetricsRow(metric, result!, watch.Elapsed);
    }

    private static void SayNotices(MetricsOptions options, IGenerator generator, CommandOutput output)
    {
        if (generator.CDim > 0)
        {
            output.Say($"The network is conditional: each image's class is drawn at random, "
                + $"all {generator.CDim} being equally likely.");
        }

        string[] cut = [.. options.Metrics.Where(m => options.Samples < m.ProtocolSamples).Select(m => m.Name)];
        if (cut.Length > 0)
        {
            output.Say($"With --num {options.Samples}, below the number in the name, compare only with runs of the same --num: "
                + $"{string.Join(", ", cut)}.");
        }
    }
}
