using System.Globalization;
using StyleGanSharp.Cli.Datasets;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Text;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Cli.Training;

/// <summary>Carries out <c>train</c>.</summary>
internal static class TrainJob
{
    internal static void Run(TrainJobOptions job, Func<WorldOptions?, Device> device, CommandOutput output, CancellationToken cancel)
    {
        if (!(job.SaveMinutes > 0))
        {
            throw new UserException($"--save-minutes {job.SaveMinutes.ToString(CultureInfo.InvariantCulture)}: a number above 0 is needed.");
        }

        RunDetector.Require(job);
        ResumeChoice resume = ResumeChoice.Of(job.Request.StartFrom, job.OutDir);
        WorldOptions? place = job.DryRun ? null : WorldEnvironment.Read(Environment.GetEnvironmentVariable);
        if (place is null or { Rank: 0 } && !(place is null && job is { Processes: > 1, DryRun: false }))
        {
            SayNotices(job, resume, output);
        }

        job = job with { Request = job.Request with { StartFrom = resume.Network } };
        if (place is null && job is { Processes: > 1, DryRun: false })
        {
            RequireDevices(job);
            WorkerLauncher.Run(job.Processes.Value, job.Arguments, output, cancel);
            return;
        }

        if (place is not null && job.Processes is int count && count != place.Size)
        {
            throw new UserException($"{(job.IsOnGpus ? "--gpus" : "--processes")} {count} contradicts {place.Launcher}, which started {place.Size}: leave the option out.");
        }

        if (place is null)
        {
            RequireCompletion(Train(job, null, () => device(null), output, cancel));
            return;
        }

        using CancellationTokenSource end = Worker.EndWithLauncher(cancel);
        RequireCompletion(TrainWithOthers(job, place, () => device(place), output, end.Token));
    }

    // What the field's programs understand otherwise, before anything else is said.
    private static void SayNotices(TrainJobOptions job, ResumeChoice resume, CommandOutput output)
    {
        string? ignored = job.Ignored.Count == 0 ? null
            : $"{string.Join(", ", job.Ignored)}: without effect here; devices, memory layout and names of folders are chosen by other means.";
        foreach (string? notice in new[] { ignored, resume.Notice, job.Metrics.Notice(job.Detector is not null, job.MetricSamples) })
        {
            if (notice is not null)
            {
                output.Say(notice);
            }
        }
    }

    private static void RequireDevices(TrainJobOptions job)
    {
        if (job.IsOnGpus && Device.CudaCount < job.Processes)
        {
            throw new UserException(
                $"--gpus {job.Processes}: libtorch sees {Device.CudaCount} CUDA devices on this machine (`stylegan doctor` tells more); --processes {job.Processes} trains on the CPU.");
        }
    }

    private static void RequireCompletion(RunOutcome outcome)
    {
        if (outcome == RunOutcome.Interrupted)
        {
            throw new OperationCanceledException();
        }
    }

    private static RunOutcome TrainWithOthers(TrainJobOptions job, WorldOptions place, Func<Device> device, CommandOutput output, CancellationToken cancel)
    {
        using var world = World.Join(place, message => Worker.GiveUp(output, message), cancel);
        try
        {
            return Train(job, world, device, output, cancel);
        }
        catch (OperationCanceledException)
        {
            world.Fail("it was asked to end before training began"); // Later all end together.
            throw;
        }
        catch (Exception e)
        {
            world.Fail(Failure.Explain(e).Message);
            throw;
        }
    }

    private static RunOutcome Train(TrainJobOptions job, World? world, Func<Device> device, CommandOutput output, CancellationToken cancel)
    {
        using ImageDataset dataset = ImageDataset.Open(job.Request.Data.Path);
        DatasetLabels labels = dataset.Labels;
        var facts = new DatasetFacts(dataset.Width, dataset.Height, dataset.Channels, labels.Size, dataset.Count);
        RequireLabels(job.Request.Data, labels);
        using StartFile? start = job.Request.StartFrom is string network
            ? StartFile.Open(ConsoleModels.Locate(network, output, cancel, "--resume"))
            : null;
        TrainingOptions options = OptionResolver.Resolve(job.Request, facts, start?.Architecture);
        BatchShare.RequireAll(options, world?.Size ?? job.Processes ?? 1);
        if (job.DryRun)
        {
            DatasetInspection.SayRemarks(dataset, output);
            output.Results.WriteLine(OptionsText.Of(options));
            return RunOutcome.Finished;
        }

        // Before the folder is made: a detector that cannot be used must not be noticed hours later.
        Device place = device();
        string? precisionNote = PrecisionNote(job, options, world, place);
        options = precisionNote is null ? options : options with { Precision = Precision.Float32 };
        bool leads = world is null or { Rank: 0 };
        using RunDetector? detector = leads ? RunDetector.Open(job, place) : null;
        using RunFolder? folder = leads ? RunFolder.Open(job.OutDir) : null;
        IRunLog log = folder is null ? new RankLog(output, world!.Rank) : new ConsoleRunLog(output, folder.Log);
        world?.Agree(new Agreement(StateFile.Comparable(options), dataset.Fingerprint(), place.Type.ToString(), TorchLibrary.Version), place);
        Describe(options, dataset, log);
        foreach (string remark in dataset.Remarks)
        {
            log.Warn(SafeText.Of(remark));
        }

        FrechetMetric? metric = folder is null ? null : detector?.Metric(job, options, dataset, folder, log);
        log.Say(metric is null ? RunDetector.NoMetric(job) : $"Metric:   {metric.Name}, {job.MetricSamples} generated pictures against {metric.Reals} real ones");
        if (start is { HasDiscriminator: false } && leads)
        {
            log.Warn($"{job.Request.StartFrom} holds no discriminator: a fresh one has to learn first, so pictures get worse before they get better.");
        }

        foreach (string remark in leads ? start?.Remarks ?? [] : [])
        {
            log.Warn(remark);
        }

        TrainedNetworks? networks = start?.Networks(options);
        var settings = new RunSettings
        {
            Device = place,
            SaveInterval = TimeSpan.FromMinutes(job.SaveMinutes),
            Metric = metric,
            PrecisionNote = precisionNote,
            Reducer = world is null ? SingleProcess.Instance : world,
        };
        using var run = new TrainingRun(options, settings, dataset, folder, log, networks);
        DescribeNetworks(run.Networks, log);
        if (world is not null)
        {
            log.Say($"Together: {world.Size} processes on {string.Join(", ", world.Members.Select(m => m.Host).Distinct())}, {options.Batch / world.Size} pictures of a batch each");
        }

        RunOutcome outcome = run.Run(cancel);
        if (world is not null)
        {
            log.Say(world.Summary);
        }

        return outcome;
    }

    // A run goes on where fewer formats are fast, in float32, which is said; a new one is not begun in another precision than asked for.
    private static string? PrecisionNote(TrainJobOptions job, TrainingOptions options, World? world, Device place)
    {
        if (world is null && File.Exists(RunFolder.StateIn(job.OutDir))
            && PrecisionSupport.Obstacle(options.Precision, place, isTraining: true) is string obstacle)
        {
            return $"--precision fast: {obstacle}";
        }

        ConsoleModels.RequirePrecision(options.Precision, place, isTraining: true);
        return null;
    }

    private static void RequireLabels(DataOptions data, DatasetLabels labels)
    {
        if (data.UseLabels && labels.Kind == LabelKind.None)
        {
            throw new UserException($"--cond: {data.Path} has no labels; make a set with some (`dataset create --labels folders`), or leave --cond out.");
        }
    }

    private static void Describe(TrainingOptions options, ImageDataset dataset, IRunLog log)
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

    private static void DescribeGrowth(TrainingOptions options, GrowthOptions growth, IRunLog log)
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

    private static void DescribeNetworks(TrainedNetworks networks, IRunLog log)
    {
        static string Count(Module module) => module.ParameterCount.ToString("N0", CultureInfo.InvariantCulture);
        log.Say($"Networks: generator {Count(networks.GeneratorModule)} parameters, discriminator {Count(networks.DiscriminatorModule)}");
    }
}
