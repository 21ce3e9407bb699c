using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Sampling;

namespace StyleGanSharp.Training.Runs;

/// <summary>Hands out real pictures in the run's order, in batches whose size may change.</summary>
internal sealed class PictureSource : IDisposable
{
    private readonly DatasetView data;
    private readonly TrainingOptions options;
    private readonly IRunLog log;
    private DatasetLoader? loader;
    private long position;
    private int size;

    /// <param name="data">The pictures.</param>
    /// <param name="options">Seed and threads.</param>
    /// <param name="position">Pictures handed out in earlier parts of the run.</param>
    /// <param name="log">Takes what the loader says.</param>
    internal PictureSource(DatasetView data, TrainingOptions options, long position, IRunLog log) =>
        (this.data, this.options, this.position, this.log) = (data, options, position, log);

    /// <summary>The next pictures and labels; the caller disposes of them.</summary>
    internal DatasetBatch Next(int batch)
    {
        if (loader is null || batch != size)
        {
            loader?.Dispose();
            var sampler = new InfiniteSampler(data.Count, new InfiniteSamplerOptions { Seed = options.Seed }, position);
            loader = new DatasetLoader(data.Dataset, data.InOrder(sampler), new DatasetLoaderOptions
            {
                BatchSize = size = batch,
                Workers = options.Data.Workers,
                Labels = data.UsesLabels,
                Report = log.Warn,
            });
        }

        position += batch;
        return loader.Next()!; // The order has no end.
    }

    public void Dispose() => loader?.Dispose();
}
