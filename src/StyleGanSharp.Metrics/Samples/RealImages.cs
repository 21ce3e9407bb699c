using System.Collections.Concurrent;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Samples;

/// <summary>The real images that generated ones are compared with.</summary>
/// <param name="Labels">
/// The part of a data set that the generator was trained on, with or without labels: labels are drawn from it. Images come from
/// its whole data set.
/// </param>
public sealed record RealImages(DatasetView Labels)
{
    // Chooses the images where there are more than asked for.
    private const uint Seed = 0;

    private readonly ConcurrentDictionary<(int, bool), DatasetView> choices = [];

    /// <summary>Images that a feature network sees at a time: the field's number.</summary>
    internal const int Batch = 64;

    /// <summary>Whether the generator was trained on mirrored images too; protocols that count them ask.</summary>
    public bool Mirrored { get; init; }

    /// <summary>The images.</summary>
    public ImageDataset Dataset => Labels.Dataset;

    /// <summary>Uses a whole data set, with its labels.</summary>
    public static RealImages Of(ImageDataset dataset, bool mirrored = false) =>
        new(new DatasetView(dataset, new DatasetViewOptions { UseLabels = true })) { Mirrored = mirrored };

    /// <summary>A choice of the images, made once.</summary>
    /// <param name="most">How many at most, before mirroring; null: all.</param>
    /// <param name="mirrored">Whether each is there a second time, mirrored.</param>
    internal DatasetView Choose(int? most, bool mirrored) => choices.GetOrAdd((most ?? int.MaxValue, mirrored), _ =>
        new DatasetView(Dataset, new DatasetViewOptions { MaxSize = most, RandomSeed = Seed, FlipX = mirrored }));

    /// <summary>Whether images and labels are such as a generator makes and takes.</summary>
    /// <exception cref="MetricException">They are not.</exception>
    internal void Require(IGenerator generator, string metric)
    {
        ImageDataset set = Dataset;
        if ((set.Width, set.Height, set.Channels) != (generator.Width, generator.Height, generator.ImageChannels))
        {
            throw new MetricException(
                $"{metric}: the data set has images of {set.Width}x{set.Height} with {set.Channels} channels, and the network "
                    + $"makes {generator.Width}x{generator.Height} with {generator.ImageChannels}; use a data set of its size.");
        }

        if (generator.CDim > 0 && Labels.LabelSize is var size and > 0 && size != generator.CDim)
        {
            throw new MetricException(
                $"{metric}: the data set's labels have {size} numbers, and the network takes {generator.CDim}; use the data set "
                    + $"that it was trained on.");
        }
    }

    /// <summary>Goes through a choice of the images in order.</summary>
    /// <param name="view">The choice.</param>
    /// <param name="use">Given each batch, uint8 [n, C, H, W].</param>
    /// <param name="warn">Told of images that cannot be decoded.</param>
    /// <param name="cancel">Ends the work.</param>
    internal static void ForEach(DatasetView view, Action<Tensor> use, Action<string>? warn, CancellationToken cancel)
    {
        using var loader = new DatasetLoader(
            view.Dataset, view.InOrder(Enumerable.Range(0, view.Count)), new DatasetLoaderOptions
            {
                BatchSize = Batch,
                Labels = false,
                Report = warn,
            });
        while (loader.Next() is { } batch)
        {
            cancel.ThrowIfCancellationRequested();
            using DatasetBatch given = batch;
            using var step = new TensorScope();
            ImageDataset set = view.Dataset;
            use(Tensor.From(
                batch.Pixels.AsSpan(0, batch.Count * set.ImageBytes), [batch.Count, set.Channels, set.Height, set.Width]));
        }
    }
}
