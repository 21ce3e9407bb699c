using System.Diagnostics;
using System.Globalization;
using System.Text;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Metrics;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Runs;

/// <summary>The status lines, statistics and event files of a run.</summary>
internal sealed class RunReport : IDisposable
{
    private const double Gibibyte = 1 << 30;

    private readonly RunFolder folder;
    private readonly IRunLog log;
    private readonly TimeProvider clock;
    private readonly TensorBoardWriter events;
    private readonly Stopwatch total = Stopwatch.StartNew();
    private TimeSpan tickStart;
    private TimeSpan maintenance;

    internal RunReport(RunFolder folder, IRunLog log, TimeProvider clock)
    {
        (this.folder, this.log, this.clock) = (folder, log, clock);
        events = new TensorBoardWriter(folder.Events(clock.GetUtcNow().ToUnixTimeSeconds()), UnixTime);
    }

    private double UnixTime => clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>
    /// Adds the progress and timing of a tick to the statistics, writes them everywhere, and says the status line.
    /// </summary>
    /// <param name="stats">Since the last tick; empty afterwards.</param>
    /// <param name="progress">Where the run is.</param>
    /// <param name="growth">The schedule of a growing network, whose level is said too.</param>
    internal void Tick(StatsCollector stats, RunProgress progress, GrowthOptions? growth)
    {
        TimeSpan now = total.Elapsed;
        double seconds = (now - tickStart).TotalSeconds, kimg = progress.Images / 1000.0;
        double tickKimg = Math.Max(progress.Images - progress.TickStart, 1) / 1000.0;
        double memory = Process.GetCurrentProcess().WorkingSet64 / Gibibyte,
            peak = Process.GetCurrentProcess().PeakWorkingSet64 / Gibibyte;
        stats.Report("Progress/tick", progress.Tick);
        stats.Report("Progress/kimg", kimg);
        stats.Report("Progress/augment", progress.AugmentStrength);
        stats.Report("Timing/total_sec", now.TotalSeconds);
        stats.Report("Timing/sec_per_tick", seconds);
        stats.Report("Timing/sec_per_kimg", seconds / tickKimg);
        stats.Report("Timing/maintenance_sec", maintenance.TotalSeconds);
        stats.Report("Resources/cpu_mem_gb", memory);
        stats.Report("Resources/peak_cpu_mem_gb", peak);

        string level = progress.Lod is double lod && growth is not null
            ? Level(stats, new GrowthPoint(lod, growth.LevelOf(lod))) : "";
        log.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"tick {progress.Tick,-5} kimg {kimg,-8:0.0} time {TimeText.Of(now),-12} sec/tick {seconds,-7:0.0} sec/kimg "
                + $"{seconds / tickKimg,-7:0.00} " +
            $"maintenance {maintenance.TotalSeconds,-6:0.0} cpumem {memory,-6:0.00} augment "
                + $"{progress.AugmentStrength:0.000}{level}"));
        string line = StatsFile.Line(stats.All, UnixTime);
        Quietly(() =>
        {
            File.AppendAllText(folder.Stats, line + "\n");
            events.Write(UnixTime, progress.Images / 1000, stats.All.Select(s => KeyValuePair.Create(s.Key, s.Value.Mean)));
        });
        stats.Reset();
    }

    /// <summary>Says and writes the numbers of a metric.</summary>
    internal void Metric(IMetric metric, IReadOnlyList<MetricResult> results, RunProgress progress, string snapshot)
    {
        string name = results.Count == 1 ? results[0].Metric : metric.Name + Space(results[0].Metric);
        string values = string.Join(", ", results.Select(r => string.Create(
            CultureInfo.InvariantCulture, $"{r.Metric} {r.Value:0.####}")));
        log.Say(string.Create(CultureInfo.InvariantCulture, $"{values} at {progress.Images / 1000.0:0.0} kimg"));
        string json = string.Join(',', results.Select(r => string.Create(
            CultureInfo.InvariantCulture, $"\"{r.Metric}\":{(double.IsFinite(r.Value) ? $"{r.Value:R}" : "null")}")));
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"results\":{{{json}}},\"metric\":\"{name}\",\"snapshot\":\"{snapshot}\",\"kimg\":{progress.Images / 1000.0:R},\"timestamp\":{UnixTime:R}}}\n");
        Quietly(() =>
        {
            string path = folder.Metric(name);
            if (FormerName(name) is { } former && !File.Exists(path) && File.Exists(folder.Metric(former)))
            {
                AtomicFile.WriteAllBytes(
                    path, Encoding.UTF8.GetBytes(
                        File.ReadAllText(folder.Metric(former)).Replace(
                            $"\"{former}\"", $"\"{name}\"", StringComparison.Ordinal)));
            }

            File.AppendAllText(path, line);
            events.Write(
                UnixTime, progress.Images / 1000, results.Select(r => KeyValuePair.Create($"Metrics/{r.Metric}", r.Value)));
        });
    }

    // "/squeezenet" of "pr5k3_precision/squeezenet".
    private static string Space(string name) => name.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? name[at..] : "";

    // What earlier programs called a distance in the SqueezeNet space, whose results are continued.
    private static string? FormerName(string name)
    {
        const string now = "frechet", space = "/squeezenet";
        return name.StartsWith(now, StringComparison.Ordinal) && name.EndsWith(space, StringComparison.Ordinal)
            ? $"fid{name[now.Length..^space.Length]}_full{space}" : null;
    }

    /// <summary>The work of the tick is over: from here on the next one counts.</summary>
    internal void EndMaintenance()
    {
        maintenance = total.Elapsed - tickStart;
        tickStart = total.Elapsed;
    }

    /// <summary>The work between two ticks is over: from here on maintenance counts.</summary>
    internal void BeginMaintenance() => tickStart = total.Elapsed;

    public void Dispose() => events.Dispose();

    private static string Level(StatsCollector stats, GrowthPoint point)
    {
        stats.Report("Progress/lod", point.Lod);
        stats.Report("Progress/resolution", point.Level.Resolution);
        stats.Report("Progress/alpha", point.Alpha);
        stats.Report("Progress/batch", point.Level.Batch);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"   lod {point.Lod:0.00} res {point.Level.Resolution} alpha {point.Alpha:0.00} batch {point.Level.Batch}");
    }

    // A full disk must not end a run of days.
    private void Quietly(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            log.Warn($"The statistics of this tick could not be written: {e.Message}");
        }
    }
}
