using System.Globalization;
using StyleGanSharp.Cli.Downloads;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Cli.Training;

/// <summary>Carries out <c>train</c>.</summary>
internal static class TrainJob
{
    internal static void Run(TrainJobOptions job, Func<Device> device, CommandOutput output, CancellationToken cancel)
    {
        if (!(job.SaveMinutes > 0))
        {
            throw new UserException($"--save-minutes {job.SaveMinutes.ToString(CultureInfo.InvariantCulture)}: a number above 0 is needed.");
        }

        RunDetector.Require(job);
        using ImageDataset dataset = ImageDataset.Open(job.Request.Data.Path);
        DatasetLabels labels = dataset.Labels;
        var facts = new DatasetFacts(dataset.Width, dataset.Height, dataset.Channels, labels.Size);
        RequireLabels(job.Request.Data, labels);
        using StartFile? start = job.Request.StartFrom is string network ? StartFile.Open(NetworkLocator.Find(network, output, cancel)) : null;
        TrainingOptions options = OptionResolver.Resolve(job.Request, facts, start?.Architecture);
        if (job.DryRun)
        {
            output.Results.WriteLine(OptionsText.Of(options));
            return;
        }

        // Before the folder is made: a detector that cannot be used must not be noticed hours later.
        Device place = device();
        using RunDetector? detector = RunDetector.Open(job, place);
        using RunFolder folder = RunFolder.Open(job.OutDir);
        var log = new ConsoleRunLog(output, folder.Log);
        Describe(options, dataset, log);
        FrechetMetric? metric = detector?.Metric(job, options, dataset, folder, log);
        log.Say(metric is null ? RunDetector.NoMetric(job) : $"Metric:   {metric.Name}, {job.MetricSamples} generated pictures against {metric.Reals} real ones");
        if (start is { HasDiscriminator: false })
        {
            log.Warn($"{job.Request.StartFrom} holds no discriminator: a fresh one has to learn first, so pictures get worse before they get better.");
        }

        TrainedNetworks? networks = start?.Networks(options);
        var settings = new RunSettings { Device = place, SaveInterval = TimeSpan.FromMinutes(job.SaveMinutes), Metric = metric };
        using var run = new TrainingRun(options, settings, dataset, folder, log, networks);
        DescribeNetworks(run.Networks, log);
        if (run.Run(cancel) == RunOutcome.Interrupted)
        {
            throw new OperationCanceledException();
        }
    }

    private static void RequireLabels(DataOptions data, DatasetLabels labels)
    {
        if (data.UseLabels && labels.Kind == LabelKind.None)
        {
            throw new UserException($"--cond: {data.Path} has no labels; make a set with some (`dataset create --labels folders`), or leave --cond out.");
        }
    }

    private static void Describe(TrainingOptions options, ImageDataset dataset, ConsoleRunLog log)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        log.Say(string.Create(plain, $"Data:     {dataset.Name}, {dataset.Count} pictures of {dataset.Width}x{dataset.Height}, {dataset.Channels} channels"));
        log.Say(options.LabelSize > 0 ? $"Labels:   {options.LabelSize}"
            : dataset.Labels.Kind == LabelKind.None ? "Labels:   none"
            : "Labels:   there are some, but they are not used (--cond uses them)");
        string variant = options.Variant is string letter ? $" variant {letter}" : "";
        log.Say(string.Create(plain, $"Preset:   {options.Preset}{variant}, batch {options.Batch}, {options.TotalImages / 1000.0} kimg"));
        if (options.Growth is { } growth)
        {
            DescribeGrowth(options, growth, log);
        }

        log.Say($"Gamma:    {options.GammaRule}");
        log.Say(options.Augmentation.Mode switch
        {
            AugmentationMode.None => "Augment:  none",
            AugmentationMode.DiffAugment => $"Augment:  differentiable, {options.Augmentation.Policy}",
            AugmentationMode.Fixed => string.Create(plain, $"Augment:  {options.Augmentation.Pipeline} at {options.Augmentation.Strength}"),
            _ => string.Create(plain, $"Augment:  {options.Augmentation.Pipeline}, adaptive with target {options.Augmentation.Target}"),
        });
    }

    private static void DescribeGrowth(TrainingOptions options, GrowthOptions growth, ConsoleRunLog log)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        log.Say(string.Create(
            plain,
            $"Growth:   from {growth.InitialResolution}x{growth.InitialResolution}, every resolution {growth.TrainImages / 1000.0} kimg, fading {growth.FadeImages / 1000.0} kimg; " +
            $"the full resolution is reached after {growth.FullAt / 1000.0} kimg"));
        log.Say("Batches:  " + string.Join(", ", growth.Levels.Where(l => l.Resolution >= growth.InitialResolution)
            .Select(l => string.Create(plain, $"{l.Resolution}x{l.Resolution} {l.Batch}"))));
        if (options.TotalImages < growth.FullAt)
        {
            log.Warn(string.Create(
                plain,
                $"The run ends after {options.TotalImages / 1000.0} kimg, before the full resolution is reached: a larger --kimg, a smaller --level-kimg or a " +
                $"smaller --fade-kimg changes that."));
        }
    }

    private static void DescribeNetworks(TrainedNetworks networks, ConsoleRunLog log)
    {
        static string Count(Module module) => module.ParameterCount.ToString("N0", CultureInfo.InvariantCulture);
        log.Say($"Networks: generator {Count(networks.GeneratorModule)} parameters, discriminator {Count(networks.DiscriminatorModule)}");
    }
}
