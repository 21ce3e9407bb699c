using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Sampling;

namespace StyleGanSharp.Training.Runs;

/// <summary>
/// Hands out real images in the run's order, in batches whose size may change. Several processes take turns in one order, so it
/// goes on where it was with any number of them.
/// </summary>
internal sealed class ImageQueue : IDisposable
{
    private readonly DatasetView data;
    private readonly TrainingOptions options;
    private readonly IReducer reducer;
    private readonly IRunLog log;
    private DatasetLoader? loader;
    private long position;
    private int size;

    /// <param name="data">The images.</param>
    /// <param name="options">Seed and threads.</param>
    /// <param name="reducer">Number and count of the processes.</param>
    /// <param name="position">Images handed out in earlier parts of the run, to all processes.</param>
    /// <param name="log">Takes what the loader says.</param>
    internal ImageQueue(DatasetView data, TrainingOptions options, IReducer reducer, long position, IRunLog log) =>
        (this.data, this.options, this.reducer, this.position, this.log) = (data, options, reducer, position, log);

    /// <summary>The next images and labels of this process; the caller disposes of them.</summary>
    /// <param name="share">How many.</param>
    internal DatasetBatch Next(int share)
    {
        if (loader is null || share != size)
        {
            loader?.Dispose();
            long drawn = (position + reducer.Size - 1 - reducer.Rank) / reducer.Size;
            var turns = new InfiniteSamplerOptions { Seed = options.Seed, Rank = reducer.Rank, Replicas = reducer.Size };
            var sampler = new InfiniteSampler(data.Count, turns, drawn);
            loader = new DatasetLoader(data.Dataset, data.InOrder(sampler), new DatasetLoaderOptions
            {
                BatchSize = size = share,
                Workers = options.Data.Workers,
                Labels = data.UsesLabels,
                Report = log.Warn,
            });
        }

        position += (long)share * reducer.Size;
        return loader.Next()!; // The order has no end.
    }

    public void Dispose() => loader?.Dispose();
}
