using System.Diagnostics;
using StyleGanSharp.Metrics.Sets;

namespace StyleGanSharp.Metrics;

/// <summary>Measures several metrics; those of image sets share one pass over the images.</summary>
public static class MetricRunner
{
    /// <summary>Measures.</summary>
    /// <param name="metrics">In the order in which results are wanted.</param>
    /// <param name="context">The generator and all else.</param>
    /// <param name="measured">Told the numbers of each metric as soon as they are known, with the time they took.</param>
    /// <param name="failed">Told of a metric that could not be measured; null: its exception ends the work.</param>
    /// <exception cref="MetricException">A metric cannot be measured for this generator, and nobody is told.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static void Run(
        IReadOnlyList<IMetric> metrics, MetricContext context, Action<IMetric, IReadOnlyList<MetricResult>, TimeSpan> measured,
        Action<IMetric, Exception>? failed = null)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(measured);
        var sound = new List<IMetric>();
        foreach (IMetric metric in metrics)
        {
            if (Try(metric, failed, () => metric.Require(context)))
            {
                sound.Add(metric);
            }
        }

        ImageSetMetric[] sets = [.. sound.OfType<ImageSetMetric>()];
        ImageSetPass? pass = null;
        TimeSpan shared = TimeSpan.Zero;
        if (sets.Length > 0)
        {
            var watch = Stopwatch.StartNew();
            try
            {
                pass = ImageSetPass.Run(sets, context);
            }
            catch (Exception e) when (failed is not null && e is not OperationCanceledException)
            {
                Array.ForEach(sets, metric => failed(metric, e));
                sound.RemoveAll(metric => metric is ImageSetMetric);
            }

            shared = watch.Elapsed;
        }

        using (pass)
        {
            foreach (IMetric metric in sound)
            {
                context.Cancel.ThrowIfCancellationRequested();
                var watch = Stopwatch.StartNew();
                IReadOnlyList<MetricResult> results = [];
                bool isSet = metric is ImageSetMetric;
                if (Try(metric, failed, () => results =
                    metric is ImageSetMetric set ? pass!.Results(set) : metric.Measure(context)))
                {
                    measured(metric, results, watch.Elapsed + (isSet ? shared : TimeSpan.Zero));
                }
            }
        }
    }

    private static bool Try(IMetric metric, Action<IMetric, Exception>? failed, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception e) when (failed is not null && e is not OperationCanceledException)
        {
            failed(metric, e);
            return false;
        }
    }
}
