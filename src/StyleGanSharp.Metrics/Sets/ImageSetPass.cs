using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Statistics;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// One pass over the generated images, and one over every choice of real images, for several metrics: each image is generated or
/// decoded once, and each network sees it once.
/// </summary>
internal sealed class ImageSetPass : IDisposable
{
    private readonly MetricContext context;
    private readonly Dictionary<string, (IImageStatistic Statistic, int Count)> generated = [];
    private readonly Dictionary<string, IImageStatistic> reals = [];

    private ImageSetPass(MetricContext context) => this.context = context;

    /// <summary>Goes through the images.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal static ImageSetPass Run(IReadOnlyList<ImageSetMetric> metrics, MetricContext context)
    {
        var pass = new ImageSetPass(context);
        try
        {
            using GradMode mode = GradMode.Off();
            pass.GoThroughReals(metrics);
            pass.GoThroughGenerated(metrics);
            return pass;
        }
        catch
        {
            pass.Dispose();
            throw;
        }
    }

    /// <summary>The numbers of a metric of the pass.</summary>
    internal IReadOnlyList<MetricResult> Results(ImageSetMetric metric)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        return metric.Compute(
            context, generated[GeneratedName(metric)].Statistic,
            metric.RealsOf(context) is { } view ? reals[RealName(metric, view)] : null);
    }

    public void Dispose()
    {
        foreach (IImageStatistic statistic in generated.Values.Select(g => g.Statistic).Concat(reals.Values))
        {
            statistic.Dispose();
        }
    }

    private static string Choice(DatasetView view) => $"{view.Options.MaxSize};{view.Options.FlipX}";

    private string RealName(ImageSetMetric metric, DatasetView view) =>
        $"{Choice(view)};{metric.Statistic(context, view.Count, real: true).Name}";

    private string GeneratedName(ImageSetMetric metric)
    {
        int count = context.SamplesOf(metric);
        return $"{count};{metric.Statistic(context, count, real: false).Name}";
    }

    private void GoThroughReals(IReadOnlyList<ImageSetMetric> metrics)
    {
        var wanted = metrics.Select(m => (Metric: m, View: m.RealsOf(context))).Where(w => w.View is not null);
        foreach (var choice in wanted.GroupBy(w => Choice(w.View!)))
        {
            DatasetView view = choice.First().View!;
            string? identity = context.Cache is null ? null : StatisticsCache.Identify(view, context.Cancel);
            var open = new List<(IImageStatistic Statistic, string? Key)>();
            foreach ((ImageSetMetric metric, _) in choice)
            {
                string name = RealName(metric, view);
                if (reals.ContainsKey(name))
                {
                    continue;
                }

                IImageStatistic statistic = metric.Statistic(context, view.Count, real: true).Create();
                reals.Add(name, statistic);
                (bool taken, string? key) = context.Cache?.Take(statistic, identity!, view.Count) ?? (false, null);
                if (!taken)
                {
                    open.Add((statistic, key));
                }
            }

            if (open.Count == 0)
            {
                continue;
            }

            int done = 0;
            RealImages.ForEach(view, images =>
            {
                var batch = new ImageBatch(images);
                open.ForEach(s => s.Statistic.Add(batch));
                done += batch.Count;
                context.Progress?.Invoke(new MetricProgress("Real images", done, view.Count));
            }, context.Warn, context.Cancel);
            open.ForEach(s =>
            {
                if (s.Key is not null)
                {
                    context.Cache!.Keep(s.Key, s.Statistic, context.Warn);
                }
            });
        }
    }

    private void GoThroughGenerated(IReadOnlyList<ImageSetMetric> metrics)
    {
        foreach (ImageSetMetric metric in metrics)
        {
            string name = GeneratedName(metric);
            if (!generated.ContainsKey(name))
            {
                int count = context.SamplesOf(metric);
                generated.Add(name, (metric.Statistic(context, count, real: false).Create(), count));
            }
        }

        int total = generated.Values.Max(g => g.Count), done = 0;
        new GeneratedImages(context).ForEach(total, images =>
        {
            var batch = new ImageBatch(images);
            foreach ((IImageStatistic statistic, int count) in generated.Values.Where(g => g.Count > done))
            {
                statistic.Add(batch.First(Math.Min(batch.Count, count - done)));
            }

            done += batch.Count;
            context.Progress?.Invoke(new MetricProgress("Generated images", done, total));
        });
    }
}
