using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Generation.Models.Downloads;
using StyleGanSharp.Metrics;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Sessions;

/// <summary>The metrics of a session and the networks that they use.</summary>
internal sealed class SessionMetrics : IDisposable
{
    private readonly MetricSpaces spaces;
    private readonly Device device;
    private readonly int? samples;

    private SessionMetrics(IReadOnlyList<IMetric> metrics, MetricSpaces spaces, Device device, int? samples) =>
        (Metrics, this.spaces, this.device, this.samples) = (metrics, spaces, device, samples);

    /// <summary>What is measured at every snapshot; the first one decides which snapshot is the best.</summary>
    internal IReadOnlyList<IMetric> Metrics { get; }

    /// <summary>The feature space of distances; null: no metric takes one.</summary>
    internal FeatureSpace? Space => Metrics.Any(m => m.Needs.HasFlag(MetricNeeds.Features)) ? spaces.Features : null;

    /// <summary>Loads and tries the networks; null when nothing is measured.</summary>
    /// <exception cref="TrainingOptionsException">One cannot be used.</exception>
    internal static SessionMetrics? Open(TrainingSessionOptions session, MetricChoice choice, Device device)
    {
        IReadOnlyList<IMetric> metrics = choice.Metrics(session.Detector is not null, session.MetricSamples);
        if (metrics.Count == 0)
        {
            return null;
        }

        MetricSpaces? spaces = null;
        try
        {
            spaces = MetricSpaces.Open(
                new MetricSpacesOptions { Detectors = session.Detector is { } path ? [path] : [] }, device);
            spaces.OpenAllFor(metrics);
            return new SessionMetrics(metrics, spaces, device, choice.Names.Count > 0 ? session.MetricSamples : null);
        }
        catch (Exception e) when (e is FeatureException or MetricException or ArgumentException)
        {
            spaces?.Dispose();
            throw Problems.Fault(Names.Detector, null, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Measurements of a run.</summary>
    internal Func<IGenerator, CancellationToken, MetricContext> Contexts(
        TrainingOptions options, ImageDataset dataset, IRunLog log)
    {
        var reals = new RealImages(new DatasetView(dataset, new DatasetViewOptions
        {
            MaxSize = options.Data.Subset,
            RandomSeed = options.Seed,
            UseLabels = options.Data.UseLabels,
        }));
        var cache = new StatisticsCache(Path.Combine(CacheFolder.Find(), "statistics"));
        return (generator, cancel) => new MetricContext
        {
            Generator = generator,
            Device = device,
            Samples = samples,
            Reals = reals,
            Spaces = spaces,
            Cache = cache,
            Warn = log.Warn,
            Cancel = cancel,
        };
    }

    public void Dispose() => spaces.Dispose();
}
