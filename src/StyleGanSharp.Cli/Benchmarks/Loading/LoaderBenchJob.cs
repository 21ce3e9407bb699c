using System.Diagnostics;
using StyleGanSharp.Benchmarking.Loading;
using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Data.Datasets;

namespace StyleGanSharp.Cli.Benchmarks.Loading;

/// <summary>Carries out <c>bench loader</c>: the loader of training alone, on archives of noise with a warm disk cache.</summary>
internal static class LoaderBenchJob
{
    private const int Batch = 32;
    private const int MinPasses = 2;
    private const int MaxPasses = 20;

    // 12 to 50 MB: enough that a pass takes a while, and within every disk cache.
    private static readonly (int Resolution, int Pictures)[] Sizes = [(32, 4_000), (64, 2_000), (128, 1_000), (256, 250)];

    /// <summary>Makes the archives, measures them and removes them.</summary>
    /// <param name="workers">Threads that decode.</param>
    /// <param name="seconds">Longest measurement of an archive.</param>
    /// <param name="output">Takes the progress.</param>
    /// <param name="cancel">Ends the measurement.</param>
    internal static LoaderReport Run(int workers, double seconds, CommandOutput output, CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var machine = MachineInfo.Of(null);
        var rows = new List<LoaderRow>();
        foreach ((int resolution, int pictures) in Sizes)
        {
            output.Say($"Measuring {pictures} images of {resolution}x{resolution} ...");
            string path = folder.File($"{resolution}.zip");
            SyntheticArchive.Write(path, resolution, pictures, cancel);
            using var dataset = ImageDataset.Open(path);
            rows.Add(Measure(dataset, workers, seconds, cancel));
        }

        return new LoaderReport(machine, rows);
    }

    private static LoaderRow Measure(ImageDataset dataset, int workers, double seconds, CancellationToken cancel)
    {
        var total = Stopwatch.StartNew();
        Pass(dataset, workers, cancel); // fills the disk cache
        var passes = new List<double>();
        while (passes.Count < MinPasses || (passes.Count < MaxPasses && total.Elapsed.TotalSeconds < seconds))
        {
            passes.Add(dataset.Count / Pass(dataset, workers, cancel));
        }

        passes.Sort();
        return new LoaderRow(
            dataset.Width, dataset.Count, workers, Math.Round(passes[^1]), Math.Round(passes[passes.Count / 2]), passes.Count);
    }

    private static double Pass(ImageDataset dataset, int workers, CancellationToken cancel)
    {
        IEnumerator<DatasetItem> order = Enumerable.Range(0, dataset.Count).Select(i => new DatasetItem(i)).GetEnumerator();
        var watch = Stopwatch.StartNew();
        using var loader = new DatasetLoader(dataset, order, new DatasetLoaderOptions { BatchSize = Batch, Workers = workers });
        while (loader.Next() is { } batch)
        {
            batch.Dispose();
            cancel.ThrowIfCancellationRequested();
        }

        return watch.Elapsed.TotalSeconds;
    }
}
