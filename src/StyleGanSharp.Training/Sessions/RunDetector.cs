using System.Security.Cryptography;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Sampling;

namespace StyleGanSharp.Training.Sessions;

/// <summary>The feature network of a session and the metric that uses it.</summary>
internal sealed class RunDetector : IDisposable
{
    private readonly IFeatureExtractor extractor;
    private readonly string hash;
    private readonly Device device;

    private RunDetector(IFeatureExtractor extractor, string hash, Device device) =>
        (this.extractor, this.hash, this.device) = (extractor, hash, device);

    /// <summary>Loads and tries the detector; null when nothing is measured.</summary>
    /// <exception cref="TrainingOptionsException">It cannot be used.</exception>
    internal static RunDetector? Open(TrainingSessionOptions session, MetricChoice metrics, Device device)
    {
        if (metrics.Wanted == MetricChoice.None || session.Detector is not { } path)
        {
            return null;
        }

        IFeatureExtractor extractor;
        try
        {
            extractor = FeatureExtractors.Open(path, device);
        }
        catch (Exception e) when (e is FeatureException or ArgumentException)
        {
            throw Problems.Fault(Names.Detector, null, e.Message.TrimEnd('.'));
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            return new RunDetector(extractor, Convert.ToHexStringLower(SHA256.HashData(file)), device);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            extractor.Dispose();
            throw Problems.Fault(Names.Detector, null, FileFault.DescribeRead(e, path).TrimEnd('.'));
        }
    }

    /// <summary>The metric of a run; it uses this detector.</summary>
    internal FrechetMetric Metric(int samples, TrainingOptions options, ImageDataset dataset, RunFolder folder, IRunLog log)
    {
        var labels = new DatasetView(dataset, new DatasetViewOptions
        {
            MaxSize = options.Data.Subset,
            RandomSeed = options.Seed,
            UseLabels = options.Data.UseLabels,
        });
        return new FrechetMetric(extractor, labels, new FrechetMetricOptions
        {
            Samples = samples,
            Device = device,
            DetectorHash = hash,
            Cache = folder.RealStatistics,
            Warn = log.Warn,
        });
    }

    public void Dispose() => extractor.Dispose();
}
