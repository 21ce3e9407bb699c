using System.Globalization;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Metrics.Frechet;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Training.Sampling;

namespace StyleGanSharp.Training.Runs;

/// <summary>
/// The Fréchet distance of generated images from the real ones, the same draws every time: image i is that of seed i,
/// untruncated, with a label drawn from the data set; noise comes from one generator. So two numbers of a run differ by the
/// network alone.
/// </summary>
public sealed class FrechetMetric : IRunMetric
{
    // Chooses the real images where there are more, the labels, and the noise.
    private const uint Seed = 0;

    private readonly IFeatureExtractor extractor;
    private readonly DatasetView labels;
    private readonly DatasetView reals;
    private readonly FrechetMetricOptions options;

    /// <summary>Prepares the metric; nothing is computed yet.</summary>
    /// <param name="extractor">The feature space; stays the caller's.</param>
    /// <param name="data">
    /// What is trained on: labels are drawn from it. Real images come from its whole data set, never mirrored.
    /// </param>
    /// <param name="options">How it is measured.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is too small.</exception>
    public FrechetMetric(IFeatureExtractor extractor, DatasetView data, FrechetMetricOptions options)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Batch, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.GeneratorBatch, 1, nameof(options));
        (this.extractor, labels, this.options) = (extractor, data, options);
        reals = new DatasetView(data.Dataset, new DatasetViewOptions { MaxSize = options.Samples, RandomSeed = Seed });
        string count = options.Samples % 1000 == 0 ? $"{options.Samples / 1000}k" : $"{options.Samples}";

        // FID is this distance in the feature space of Inception, which the field's detectors have: in another space it is no
        // FID.
        bool isFid = extractor is not SqueezeNetFeatures;
        string fid = $"fid{count}_full/{extractor.Name}";
        (Name, FormerName) = isFid ? (fid, null) : ($"frechet{count}/{extractor.Name}", fid);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string? FormerName { get; }

    /// <summary>Real images that the generated ones are compared with.</summary>
    public int Reals => reals.Count;

    /// <inheritdoc/>
    public double Measure(IGenerator generator, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        using FeatureStatistics real = RealStatistics(cancel);
        using FeatureStatistics generated = GeneratedStatistics(generator, cancel);
        return FrechetDistance.Between(real, generated);
    }

    private FeatureStatistics RealStatistics(CancellationToken cancel)
    {
        if (options.Cache is null)
        {
            return ComputeReal(cancel);
        }

        string pictures = reals.Dataset.ContentHash(Enumerable.Range(0, reals.Count).Select(i => reals[i].Index), cancel);
        string key = string.Create(
            CultureInfo.InvariantCulture,
            $"1;pictures={pictures};count={reals.Count};detector={extractor.Name};weights={options.DetectorHash}");
        if (StatisticsFile.Read(options.Cache, key, extractor.Size) is { } kept)
        {
            return kept;
        }

        FeatureStatistics computed = ComputeReal(cancel);
        try
        {
            StatisticsFile.Write(options.Cache, key, computed);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            options.Warn?.Invoke(
                $"The statistics of the real images could not be kept ({e.Message.TrimEnd('.')}): they will be computed again.");
        }

        return computed;
    }

    private FeatureStatistics ComputeReal(CancellationToken cancel)
    {
        using var moments = new FeatureMoments(extractor.Size);
        using var loader = new DatasetLoader(
            reals.Dataset, reals.InOrder(Enumerable.Range(0, reals.Count)), new DatasetLoaderOptions
            {
                BatchSize = options.Batch,
                Labels = false,
                Report = options.Warn,
            });
        while (loader.Next() is { } batch)
        {
            cancel.ThrowIfCancellationRequested();
            using DatasetBatch given = batch;
            using var step = new TensorScope();
            ImageDataset set = reals.Dataset;
            moments.Add(extractor.Extract(Tensor.From(
                batch.Pixels.AsSpan(0, batch.Count * set.ImageBytes), [batch.Count, set.Channels, set.Height, set.Width])));
        }

        return moments.Finish();
    }

    private FeatureStatistics GeneratedStatistics(IGenerator generator, CancellationToken cancel)
    {
        using var moments = new FeatureMoments(extractor.Size);
        using var noise = new RandomGenerator(Seed, options.Device);
        NoiseInput noiseInput = NoiseInput.Random(noise);
        var labelDraws = new NumpyRandom(Seed);
        for (int first = 0; first < options.Samples; first += options.Batch)
        {
            using var step = new TensorScope();
            int end = Math.Min(options.Samples, first + options.Batch);
            var passes = new List<Tensor>();
            for (int from = first; from < end; from += options.GeneratorBatch)
            {
                cancel.ThrowIfCancellationRequested();
                passes.Add(Pictures(generator, from, Math.Min(end, from + options.GeneratorBatch), labelDraws, noiseInput));
            }

            moments.Add(extractor.Extract(Tensor.Cat([.. passes])));
        }

        (generator as IRecordsSynthesis)?.ReleaseRecordings(); // Training needs the memory.
        return moments.Finish();
    }

    // uint8 [to - from, C, H, W], of the seeds from ... to - 1.
    private Tensor Pictures(IGenerator generator, int from, int to, NumpyRandom labelDraws, NoiseInput noise)
    {
        using var scope = new TensorScope();
        uint[] seeds = [.. Enumerable.Range(from, to - from).Select(i => (uint)i)];
        Tensor z = LatentSeeds.Draw(seeds, generator.ZDim).To(DType.Float32).To(options.Device);
        Tensor ws = generator.Map(z, Labels(generator.CDim, seeds.Length, labelDraws)?.To(options.Device));
        return scope.Keep(Pixels.Quantize(generator.Synthesize(ws, noise)));
    }

    // As often as they occur in the data; none for an unconditional network.
    private Tensor? Labels(int size, int count, NumpyRandom draws)
    {
        if (size == 0)
        {
            return null;
        }

        var values = new float[count * size];
        for (int i = 0; i < count; i++)
        {
            labels.CopyLabel((int)draws.RandInt(labels.Count), values.AsSpan(i * size, size));
        }

        return Tensor.From(values, [count, size]);
    }
}
