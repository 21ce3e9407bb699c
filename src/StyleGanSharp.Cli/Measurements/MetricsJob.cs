using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Models.Downloads;
using StyleGanSharp.Metrics;
using StyleGanSharp.Metrics.Reports;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Measurements;

/// <summary>Measures metrics one after the other.</summary>
internal static class MetricsJob
{
    // Enough for a curve; a report must not take longer than the metrics.
    private const int ReportSamples = 1000;
    private const int LeastReportSamples = 32;

    internal static MetricsReport Run(
        MetricsOptions options, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        // The files are refused, if they must be, before half a second is spent on loading libtorch.
        GeneratorFile file = GeneratorFile.Open(ConsoleModels.Locate(options.Network, output, cancel));
        using ImageDataset? dataset = options.Data is null ? null : ImageDataset.Open(options.Data);
        string[] detectors = [.. options.Detectors.SelectMany(name => Detectors(name, options.Metrics, output, cancel))];
        Device device = findDevice();
        using IGenerator generator = file.Load();
        foreach (string remark in file.Remarks)
        {
            output.Say(remark);
        }

        try
        {
            using MetricSpaces spaces = MetricSpaces.Open(
                new MetricSpacesOptions
                {
                    Detectors = detectors,
                    Perceptual = options.Lpips,
                    Resize = options.Resize,
                    Classifiers = options.Classifiers,
                }, device);
            return Measure(options, generator, dataset, spaces, device, output, cancel);
        }
        catch (FeatureException e)
        {
            throw new UserException(e.Message);
        }
    }

    private static MetricsReport Measure(
        MetricsOptions options, IGenerator generator, ImageDataset? dataset, MetricSpaces spaces, Device device,
        CommandOutput output, CancellationToken cancel)
    {
        var progress = new StepProgress(output, "images");
        var context = new MetricContext
        {
            Generator = generator,
            Device = device,
            Seed = options.Seed,
            Samples = options.Samples,
            BatchSize = options.Batch,
            Psi = options.Psi,
            Reals = dataset is null ? null : RealImages.Of(dataset, options.Mirror),
            Spaces = spaces,
            Cache = new StatisticsCache(Path.Combine(CacheFolder.Find(), "statistics")),
            Progress = p => progress.Report(p.Step, p.Done, p.Total),
            Warn = progress.Say,
            Cancel = cancel,
        };

        // A list whose last name does not fit the network fails now, not after hours.
        foreach (IMetric metric in options.Metrics)
        {
            metric.Require(context);
        }

        spaces.OpenAllFor(options.Metrics);
        generator.To(device);
        ConsoleModels.ApplyPrecision(options.Precision, generator, device, output);
        SayNotices(options, generator, context, spaces, output);
        var rows = new List<MetricsRow>();
        MetricRunner.Run(options.Metrics, context, (metric, results, elapsed) =>
        {
            rows.AddRange(results.Select(result => new MetricsRow(metric, result, elapsed)));

            // Long lists lose nothing that is known when they are interrupted.
            foreach (MetricResult result in results)
            {
                progress.Say($"{result.Metric}: {MetricsReport.Format(result)}");
            }
        }, (metric, e) =>
        {
            // What is wrong with one metric must not cost the hours of the others.
            if (e is not (MetricException or FeatureException))
            {
                ExceptionDispatchInfo.Throw(e);
            }

            progress.Say($"{metric.Name} could not be measured: {e.Message}");
        });
        if (options.Report is { } folder)
        {
            WritePage(folder, options, rows, context, progress);
        }

        return new MetricsReport(options, device, rows);
    }

    private static void WritePage(
        string folder, MetricsOptions options, List<MetricsRow> rows, MetricContext context, StepProgress progress)
    {
        ReportFigures figures = ReportFigures.Make(
            context, Math.Clamp(options.Samples ?? ReportSamples, LeastReportSamples, ReportSamples));
        var facts = new List<(string Name, string Value)>
        {
            ("network", Path.GetFileName(options.Network)),
            ("images", $"{context.Generator.Width}x{context.Generator.Height}, {context.Generator.ImageChannels} channels"),
            ("seed", options.Seed.ToString(CultureInfo.InvariantCulture)),
            ("program", $"StyleGanSharp {typeof(MetricsJob).Assembly.GetName().Version!.ToString(3)}"),
        };
        if (options.Data is { } data)
        {
            facts.Insert(1, ("real images", $"{Path.GetFileName(data)}, {context.Reals!.Dataset.Count} images"));
        }

        string path = Path.Combine(folder, "index.html");
        string page = HtmlReport.Write(Path.GetFileName(options.Network), facts, [.. rows.Select(r => r.Result)], figures);
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.WriteAllBytes(path, Encoding.UTF8.GetBytes(page));
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new UserException(FileFault.DescribeWrite(e, path));
        }

        progress.Say($"The report is {path}.");
    }

    private static IEnumerable<string> Detectors(
        string name, IReadOnlyList<IMetric> metrics, CommandOutput output, CancellationToken cancel)
    {
        if (name != MetricsOptions.OfficialDetectors)
        {
            return [name];
        }

        MetricNeeds needs = metrics.Aggregate(MetricNeeds.None, (all, metric) => all | metric.Needs);
        var wanted = new List<OfficialDetector>();
        if ((needs & (MetricNeeds.Features | MetricNeeds.Classes)) != 0)
        {
            wanted.Add(OfficialDetector.Inception);
        }

        if ((needs & (MetricNeeds.Perceptual | MetricNeeds.Manifold)) != 0)
        {
            wanted.Add(OfficialDetector.Vgg16);
        }

        return [.. wanted.Select(w => OfficialDetectors.Locate(w, new ConsoleReport(output), cancel))];
    }

    private static void SayNotices(
        MetricsOptions options, IGenerator generator, MetricContext context, MetricSpaces spaces, CommandOutput output)
    {
        if (generator.CDim > 0)
        {
            output.Say(context.Reals?.Labels.LabelSize > 0
                ? "The network is conditional: labels are drawn from the data set."
                : $"The network is conditional: each image's class is drawn at random, "
                    + $"all {generator.CDim} being equally likely.");
        }

        string[] cut = [.. options.Metrics.Where(m => options.Samples < m.ProtocolSamples).Select(m => m.Name)];
        if (cut.Length > 0)
        {
            output.Say($"With --num {options.Samples}, below the number in the name, compare only with runs of the same --num: "
                + $"{string.Join(", ", cut)}.");
        }

        if (options.Metrics.Any(m => (m.Needs & (MetricNeeds.Features | MetricNeeds.Manifold)) != 0)
            && !spaces.Features.IsOfTheField)
        {
            output.Say(
                $"Features are those of {spaces.Features.Name}, which is shipped with the program: compare only with numbers of the "
                    + "same name. Published numbers need --detector inception-2015-12-05.pt (--detector official downloads it).");
        }

        if (options.Metrics.Any(m => m.Needs.HasFlag(MetricNeeds.Classes)) && spaces.Classes is null)
        {
            output.Say(
                "No detector knows classes, so the Inception Score is taken over the expressions of faces: a number of its own.");
        }
    }
}
