using System.Security.Cryptography;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Sampling;

namespace StyleGanSharp.Cli.Training;

/// <summary>The feature network of <c>--detector</c> and what <c>--metrics</c> makes of it.</summary>
internal sealed class RunDetector : IDisposable
{
    private const int MinSamples = 2;
    private const int MaxSamples = 1_000_000;

    private readonly IFeatureExtractor extractor;
    private readonly string hash;
    private readonly Device device;

    private RunDetector(IFeatureExtractor extractor, string hash, Device device) => (this.extractor, this.hash, this.device) = (extractor, hash, device);

    /// <summary>Checks the options before anything is opened.</summary>
    /// <exception cref="UserException">They cannot be followed.</exception>
    internal static void Require(TrainJobOptions job)
    {
        if (job.Metrics.Wanted == RunMetrics.Fid && job.Detector is null)
        {
            throw new UserException("--metrics fid needs --detector: a SqueezeNet as .safetensors, or a TorchScript detector such as inception-2015-12-05.pt.");
        }

        if (job.MetricSamples is < MinSamples or > MaxSamples)
        {
            throw new UserException($"--metric-samples {job.MetricSamples}: expected {MinSamples} to {MaxSamples}.");
        }
    }

    /// <summary>Loads and tries the detector; null when nothing is measured.</summary>
    /// <exception cref="UserException">It cannot be used.</exception>
    internal static RunDetector? Open(TrainJobOptions job, Device device)
    {
        if (job.Metrics.Wanted == RunMetrics.None || job.Detector is not { } path)
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
            throw new UserException($"--detector {e.Message}");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            return new RunDetector(extractor, Convert.ToHexStringLower(SHA256.HashData(file)), device);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            extractor.Dispose();
            throw new UserException($"--detector {FileFault.DescribeRead(e, path)}");
        }
    }

    /// <summary>The line that says why nothing is measured.</summary>
    internal static string NoMetric(TrainJobOptions job) => job.Metrics.Wanted == RunMetrics.None
        ? "Metric:   none"
        : "Metric:   none, because distances need a feature network: --detector FILE names one";

    /// <summary>The metric of a run; it uses this detector.</summary>
    internal FrechetMetric Metric(TrainJobOptions job, TrainingOptions options, ImageDataset dataset, RunFolder folder, IRunLog log)
    {
        var labels = new DatasetView(dataset, new DatasetViewOptions
        {
            MaxSize = options.Data.Subset,
            RandomSeed = options.Seed,
            UseLabels = options.Data.UseLabels,
        });
        return new FrechetMetric(extractor, labels, new FrechetMetricOptions
        {
            Samples = job.MetricSamples,
            Device = device,
            DetectorHash = hash,
            Cache = folder.RealStatistics,
            Warn = log.Warn,
        });
    }

    public void Dispose() => extractor.Dispose();
}
