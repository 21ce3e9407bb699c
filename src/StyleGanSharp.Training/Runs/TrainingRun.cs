using System.Globalization;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Metrics;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Runs;

/// <summary>
/// A training run in a folder, from its first or its last saved step to its end. Whatever ends it, also SIGKILL: started again in
/// the same folder it continues from the last saved state and arrives at the same weights, bit for bit.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private readonly TrainingOptions options;
    private readonly RunSettings settings;
    private readonly RunFolder folder = null!; // Process 0 alone has one, and writes.
    private readonly IReducer reducer;
    private readonly MicroBatches microBatches;
    private readonly IRunLog log;
    private readonly TimeProvider clock;
    private readonly DatasetView data;
    private readonly TrainedNetworks networks;
    private readonly Augmentation? augmentation;
    private readonly RunStats stats;
    private readonly Trainer trainer;
    private readonly SortedSet<string> unwritten = [];
    private RunProgress progress = new();
    private Previews? previews;
    private long lastSave;
    private int brokenGradients;

    /// <summary>Prepares a run: fresh, or from the state in its folder.</summary>
    /// <param name="options">What is trained, and how.</param>
    /// <param name="settings">How the run is carried out.</param>
    /// <param name="dataset">The images; they stay the caller's.</param>
    /// <param name="folder">
    /// Where everything is written; it stays the caller's. Null in all processes but the first, which write nothing.
    /// </param>
    /// <param name="log">Takes what the run says.</param>
    /// <param name="networks">Networks to start from, which the run takes over; null: fresh ones.</param>
    /// <param name="clock">The time, for the log; null: the system's.</param>
    /// <exception cref="RunException">
    /// The folder holds the state of another run, or a damaged one; or the batch cannot be divided.
    /// </exception>
    public TrainingRun(
        TrainingOptions options, RunSettings settings, ImageDataset dataset, RunFolder? folder, IRunLog log,
        TrainedNetworks? networks = null,
        TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(log);
        (this.options, this.settings, this.log, this.clock, reducer) = (
            options, settings, log, clock ?? TimeProvider.System, settings.Reducer);
        if (Leads)
        {
            ArgumentNullException.ThrowIfNull(folder);
            this.folder = folder;
        }

        BatchShare.RequireAll(options, reducer.Size);
        microBatches = new MicroBatches(options, reducer, log);
        data = new DatasetView(dataset, new DatasetViewOptions
        {
            MaxSize = options.Data.Subset,
            RandomSeed = options.Seed,
            FlipX = options.Data.MirrorX,
            FlipY = options.Data.MirrorY,
            UseLabels = options.Data.UseLabels,
        });
        this.networks = networks ?? NetworkFactory.Create(options);
        augmentation = Augmentation.Of(options.Augmentation);
        stats = new RunStats(augmentation);
        trainer = new Trainer(
            this.networks, options.Trainer, stats, augmentation is null ? null : augmentation.Apply)
        { Reducer = reducer };
        try
        {
            progress = new RunStart(
                options, folder, reducer, log, this.networks, trainer, augmentation, dataset.Fingerprint(), microBatches,
                settings.PrecisionNote).Share();
            this.networks.Generator.To(settings.Device);
            this.networks.Average.To(settings.Device);
            this.networks.Discriminator.To(settings.Device);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Images seen so far.</summary>
    public long Images => trainer.Images;

    /// <summary>The running average of the generator.</summary>
    public TrainedNetworks Networks => networks;

    /// <summary>Trains until all images were seen or <paramref name="cancel"/> asks to end; then the state is saved.</summary>
    public RunOutcome Run(CancellationToken cancel)
    {
        if (progress.Images >= options.TotalImages)
        {
            log.Say($"The run has seen {progress.Images / 1000.0} of {options.TotalImages / 1000.0} kimg: "
                + $"nothing is left to do. A larger number of kimg continues it.");
            return RunOutcome.FinishedBefore;
        }

        lastSave = clock.GetTimestamp();
        if (Leads)
        {
            previews ??= new Previews(
                data, options.Seed, progress.MicroBatch, settings.Device, settings.Metadata
                    ? new GridMetadata(options, data.Dataset.Name) : null);
        }

        if (Leads && progress.Iterations == 0)
        {
            previews!.WriteReals(folder.Reals);
            previews.WriteFakes(networks.Average, 0, folder.FirstFakes);
            Save(); // The choice of the micro-batch is made.
        }

        using RunReport? report = Leads ? new RunReport(folder, log, clock) : null;
        using var pictures = new ImageQueue(data, options, reducer, progress.Images, log);
        report?.BeginMaintenance();
        while (progress.Images < options.TotalImages)
        {
            Grow();
            bool isEnding = Iterate(pictures, cancel);
            settings.ImagesSeen?.Invoke(progress.Images);
            settings.IterationDone?.Invoke(progress.Iterations);
            if (IsTick())
            {
                Tick(report, cancel);
            }

            isEnding |= reducer.Size == 1 && cancel.IsCancellationRequested;
            if (isEnding && progress.Images < options.TotalImages)
            {
                Save();
                RequireSaved();
                log.Say($"Saved at {progress.Images / 1000.0} kimg; the same command continues the run.");
                return RunOutcome.Interrupted;
            }

            if (Leads && clock.GetElapsedTime(lastSave) > settings.SaveInterval)
            {
                Save();
            }
        }

        RequireSaved();
        return RunOutcome.Finished;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        trainer.Dispose();
        augmentation?.Dispose();
        networks.Dispose();
    }

    private bool Leads => reducer.Rank == 0;

    private NetworkMetadata Metadata => new() { ClassNames = ClassNames, LabelVectors = LabelVectors };

    // A sample from the whole set, evenly spread, so that whoever makes images later has labels that the network knows.
    private IReadOnlyList<float[]> LabelVectors
    {
        get
        {
            if (!data.UsesLabels || data.Dataset.Labels.Kind != LabelKind.Vectors)
            {
                return [];
            }

            int count = Math.Min(data.Dataset.Count, StyleGanSharp.Networks.Checkpoints.LabelVectors.Capacity(data.LabelSize));
            var vectors = new float[count][];
            for (int i = 0; i < count; i++)
            {
                vectors[i] = new float[data.LabelSize];
                data.Dataset.Labels.CopyTo((int)((long)i * data.Dataset.Count / count), vectors[i]);
            }

            return vectors;
        }
    }

    private IReadOnlyList<string> ClassNames => data.UsesLabels ? data.Dataset.Labels.ClassNames ?? [] : [];

    // Of a growing network: the level of the next iteration.
    private void Grow()
    {
        if (options.Growth?.At(progress.Images) is not GrowthPoint point)
        {
            return;
        }

        if (Leads && progress.Lod is double lod && point.PassedMilestone(lod))
        {
            // The moment does not come back: no later save makes up for this one.
            string grid = NextGrid();
            Retrying("grid", () => previews!.WriteFakes(networks.Average, progress.Images, grid));
            unwritten.Remove("grid");
        }

        bool changed = progress.Lod is double before && options.Growth.LevelOf(before) != point.Level;
        trainer.SetLevel(point, progress.Lod);
        progress = progress with { Lod = point.Lod };
        if (changed)
        {
            log.Say($"From here on images of {point.Level.Resolution}x{point.Level.Resolution} are faded in, "
                + $"in batches of {point.Level.Batch}.");
            string text = reducer.Broadcast(
                $"micro-batch {progress.Images}", () =>
                    microBatches.Choose(progress.Images).ToString(CultureInfo.InvariantCulture));
            progress = progress with { MicroBatch = int.Parse(text, CultureInfo.InvariantCulture) };
            Save(); // The choice of the micro-batch is made.
        }
    }

    // Whether some process was asked to end.
    private bool Iterate(ImageQueue pictures, CancellationToken cancel)
    {
        using var scope = new TensorScope();
        int share = microBatches.Share(progress.Images), batchSize = options.BatchAt(progress.Images);
        using DatasetBatch batch = pictures.Next(share);
        Tensor pixels = Tensor.From(batch.Pixels, [share, data.Dataset.Channels, data.Dataset.Height, data.Dataset.Width]);
        Tensor images = Pixels.ToFloat(pixels.SendTo(settings.Device));
        images = progress.Lod is double lod ? GrowingImages.At(images, lod) : images;
        Tensor? labels = data.UsesLabels ? Tensor.From(batch.Labels, [share, data.LabelSize]).SendTo(settings.Device) : null;
        var place = new RunPlace(options.Seed, reducer.Rank, progress.Images);
        using var draws = new SeededIteration(place, data, networks.Trained.ZDim, share, augmentation, settings.Device);
        int before = progress.MicroBatch;
        int microBatch = before;
        brokenGradients += trainer.Iterate(
            images, labels, draws, ref microBatch, micro => MicroBatchChooser.Halve(options, share, micro));
        bool isEnding = Exchange(cancel.IsCancellationRequested);
        augmentation?.EndIteration(batchSize);
        if (microBatch != before && Leads)
        {
            log.Warn($"Memory was exhausted: micro-batches have {microBatch} instead of {before} images from "
                + $"here on; the run goes on.");
        }

        progress = progress with
        {
            Images = trainer.Images,
            Iterations = trainer.Iterations,
            MicroBatch = microBatch,
            MemoryEvents = progress.MemoryEvents + (microBatch != before ? 1 : 0),
            AugmentStrength = augmentation?.Strength.Strength ?? 0,
            AugmentSignSum = augmentation?.Strength.SignSum ?? 0,
            AugmentSignCount = augmentation?.Strength.SignCount ?? 0,
            AugmentIterations = augmentation?.Strength.Iterations ?? 0,
        };
        return isEnding;
    }

    // What all processes must decide alike: whether to end, and the strength of the augmentation.
    private bool Exchange(bool wantsToEnd)
    {
        double signs = (augmentation?.Strength.SignSum ?? 0) - progress.AugmentSignSum;
        long count = (augmentation?.Strength.SignCount ?? 0) - progress.AugmentSignCount;
        double[] sums = reducer.Sum(wantsToEnd ? 1 : 0, signs, count);
        if (augmentation is not null)
        {
            augmentation.Strength.SignSum = progress.AugmentSignSum + sums[1];
            augmentation.Strength.SignCount = progress.AugmentSignCount + (long)sums[2];
        }

        return sums[0] > 0;
    }

    // The first tick comes after the first iteration, so that the user sees at once that and how fast it runs.
    private bool IsTick() =>
        progress.Tick == 0 || progress.Images >= progress.TickStart + TickImages || progress.Images >= options.TotalImages;

    private long TickImages => progress.Lod is double lod ? options.Growth!.LevelOf(lod).TickImages : options.TickImages;

    private void Tick(RunReport? report, CancellationToken cancel)
    {
        stats.Collector.Reduce(reducer);
        WeightCheck.RequireEqual(reducer, networks);
        bool last = progress.Images >= options.TotalImages;
        bool snapshot = last || (progress.Tick > 0 && options.SnapshotTicks > 0 && progress.Tick % options.SnapshotTicks == 0);
        RunProgress shown =
            progress with { OverpoweredTicks = HealthCheck.OverpoweredTicks(stats.Collector, progress.OverpoweredTicks) };
        string[] warnings = [.. HealthCheck.Warnings(stats.Collector, shown)];
        bool healthy = IsHealthy();
        report?.Tick(stats.Collector, shown, options.Growth);
        stats.Collector.Reset();
        foreach (string warning in Leads ? warnings : [])
        {
            log.Warn(warning);
        }

        RequireHealth(healthy);
        progress = shown with { Tick = shown.Tick + 1, TickStart = shown.Images };
        if (report is null)
        {
            return;
        }

        using IDisposable pause = reducer.Pause();
        report.BeginMaintenance();
        if (snapshot)
        {
            Snapshot(report, cancel);
        }

        if (snapshot || clock.GetElapsedTime(lastSave) > settings.SaveInterval)
        {
            Save();
        }

        report.EndMaintenance();
    }

    // A loss that is not finite comes from weights that cannot recover, even where they are still finite themselves.
    private bool IsHealthy() =>
        !HealthCheck.HasBrokenLoss(stats.Collector)
        && networks.GeneratorModule.NamedParameters().Concat(networks.DiscriminatorModule.NamedParameters()).All(
            p => p.Value.AllFinite());

    // Such weights never recover, and must not replace the last good state.
    private void RequireHealth(bool healthy)
    {
        if (!healthy)
        {
            throw new RunException(
                $"The weights or losses are not finite any more at {progress.Images / 1000.0} kimg ({brokenGradients} gradients "
                    + $"were not finite before): the run ends, " +
                "its last saved state is from before. Start again in another folder from an earlier snapshot with smaller "
                    + "learning rates or a larger gamma.")
            {
                WhileRunning = true,
            };
        }
    }

    private void Snapshot(RunReport report, CancellationToken cancel)
    {
        long plain = progress.PlainSnapshot ?? -1;
        string path = folder.Snapshot(progress.Images, plain), grid = NextGrid();
        progress = progress with { PlainSnapshot = RunFolder.IsPlain(progress.Images, plain) ? progress.Images : plain };
        Retrying("snapshot", () =>
        {
            previews!.WriteFakes(networks.Average, progress.Images, grid);
            NetworkFile.Write(path, networks.Average, Metadata);
        });
        if (settings.MetricContext is not { } contextOf)
        {
            return;
        }

        try
        {
            MetricRunner.Run(
                settings.Metrics, contextOf(networks.Average, cancel),
                (metric, results, _) => Measured(report, metric, results, Path.GetFileName(path)),
                (metric, e) => log.Warn($"{metric.Name} could not be measured ({e.Message.TrimEnd('.')}); training goes on."));
        }
        catch (OperationCanceledException)
        {
            // The run ends after this tick; the metrics are not worth waiting for.
        }
    }

    private void Measured(RunReport report, IMetric metric, IReadOnlyList<MetricResult> results, string snapshot)
    {
        report.Metric(metric, results, progress, snapshot);
        if (metric != settings.Metrics[0] || metric.Better == MetricDirection.NearReals)
        {
            return;
        }

        (string name, double value) = (results[0].Metric, results[0].Value);
        bool isComparable = progress.BestMetricName is null || progress.BestMetricName == name;
        bool isBetter = !isComparable || progress.BestMetric is not { } best
            || (metric.Better == MetricDirection.Lower ? value < best : value > best);
        if (isBetter)
        {
            progress = progress with { BestMetric = value, BestMetricName = name };
            Retrying("best snapshot", () => NetworkFile.Write(folder.Best, networks.Average, Metadata));
        }
    }

    // What is written depends on the images seen only, so a run that is continued gives the same names.
    private string NextGrid()
    {
        long plain = progress.PlainGrid ?? -1;
        progress = progress with { PlainGrid = RunFolder.IsPlain(progress.Images, plain) ? progress.Images : plain };
        return folder.Fakes(progress.Images, plain);
    }

    private void Save()
    {
        if (!Leads || !IsHealthy())
        {
            return; // The next tick says it and ends the run.
        }

        using IDisposable pause = reducer.Pause();
        Retrying("training state", () => StateFile.Write(folder.State, networks, trainer, options, progress));
        lastSave = clock.GetTimestamp();
    }

    // A full disk must not end a run of days: the old file is still there, and the next save tries again.
    private void Retrying(string what, Action write)
    {
        try
        {
            write();
            unwritten.Remove(what);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            unwritten.Add(what);
            log.Warn($"The {what} could not be written ({e.Message.TrimEnd('.')}); training goes on, "
                + $"and the next save tries again.");
        }
    }

    // While training goes on a later save may succeed; at its end there is none.
    private void RequireSaved()
    {
        if (unwritten.Count > 0)
        {
            throw new RunException(
                $"The run ended at {progress.Images / 1000.0} kimg, but could not write its "
                    + $"{string.Join(" and its ", unwritten)}: make room in {folder.Root} " +
                "and repeat the command, which continues from what was saved before.")
            {
                WhileRunning = true,
            };
        }
    }
}
