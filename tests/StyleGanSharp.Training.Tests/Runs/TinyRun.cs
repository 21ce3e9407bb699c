using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Tests.Runs;

/// <summary>A run of seconds on the synthetic data set: everything that training has, as small as it can be.</summary>
internal static class TinyRun
{
    public const int Batch = 4;

    public static string Data => Fixtures.Golden.Path("dataset/synthetic-32x32.zip");

    public static TrainingOptions Options(
        long images = 24, string preset = "small", Func<TrainingRequest, TrainingRequest>? change = null)
    {
        var request = new TrainingRequest
        {
            Preset = preset,
            Data = new DataOptions { Path = Data, UseLabels = true, MirrorX = true, Workers = 1 },
            Batch = Batch,
            MicroBatch = 2,
            GroupSize = 2,
            ChannelBase = 128,
            ChannelMax = 8,
            LatentSize = 8,
            Kimg = images / 1000.0,
            TickKimg = 0.008,
            SnapshotTicks = 2,
            PathLengthWeight = preset == "small" ? 2 : null,
            StyleMixing = preset == "small" ? 0.9 : null,
            Target = 0.01, // Reached at once: the strength moves.
        };
        request = change is null ? request : change(request);
        using ImageDataset dataset = ImageDataset.Open(request.Data.Path);
        TrainingOptions options = OptionResolver.Resolve(
            request, new DatasetFacts(dataset.Width, dataset.Height, dataset.Channels, dataset.Labels.Size));
        return options with { Augmentation = options.Augmentation with { Images = 100 } };
    }

    /// <summary>Starts, or continues, the run of a folder.</summary>
    public static RunOutcome Run(
        string folder, TrainingOptions options, RunSettings? settings = null, RecordedLog? log = null,
        CancellationTokenSource? stop = null)
    {
        using ImageDataset dataset = ImageDataset.Open(options.Data.Path);
        using RunFolder run = RunFolder.Open(folder);
        using var training = new TrainingRun(options, settings ?? new RunSettings(), dataset, run, log ?? new RecordedLog());
        return training.Run(stop?.Token ?? TestContext.Current.CancellationToken);
    }
}
