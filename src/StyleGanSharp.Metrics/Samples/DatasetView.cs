using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Networks.Latents;

namespace StyleGanSharp.Metrics.Samples;

/// <summary>
/// A data set as training sees it: a part of it, doubled by mirrored copies, with or without labels. The choice is that of the
/// field's reader: a permutation by NumPy's generator, cut, and put back into ascending order; mirrored copies follow the others.
/// </summary>
public sealed class DatasetView
{
    private readonly DatasetItem[] items;

    /// <summary>Chooses the items.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="options">Part, mirroring, labels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The largest size is below 1.</exception>
    public DatasetView(ImageDataset dataset, DatasetViewOptions options)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(options);
        Dataset = dataset;
        Options = options;
        UsesLabels = options.UseLabels && dataset.Labels.Kind != LabelKind.None;
        IEnumerable<DatasetItem> chosen = Choose(dataset.Count, options).Select(i => new DatasetItem(i));
        if (options.FlipX)
        {
            chosen = [.. chosen, .. chosen.Select(i => i with { FlipX = true })];
        }

        if (options.FlipY)
        {
            chosen = [.. chosen, .. chosen.Select(i => i with { FlipY = true })];
        }

        items = [.. chosen];
    }

    /// <summary>The images.</summary>
    public ImageDataset Dataset { get; }

    /// <summary>How the view was made.</summary>
    public DatasetViewOptions Options { get; }

    /// <summary>Number of items, mirrored ones included.</summary>
    public int Count => items.Length;

    /// <summary>Whether labels were asked for and are there.</summary>
    public bool UsesLabels { get; }

    /// <summary>Length of a label vector; 0 when labels are not used.</summary>
    public int LabelSize => UsesLabels ? Dataset.Labels.Size : 0;

    /// <summary>An item.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public DatasetItem this[int index] => items[index];

    /// <summary>Writes the label of an item.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">[<see cref="LabelSize"/>], float32.</param>
    public void CopyLabel(int index, Span<float> destination)
    {
        if (UsesLabels)
        {
            Dataset.Labels.CopyTo(items[index].Index, destination);
        }
    }

    /// <summary>The items that a sampler chooses, for a <see cref="DatasetLoader"/>.</summary>
    /// <param name="sampler">Numbers below <see cref="Count"/>.</param>
    /// <returns>Without end, as the sampler is.</returns>
    public IEnumerator<DatasetItem> InOrder(IEnumerable<int> sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return sampler.Select(i => items[i]).GetEnumerator();
    }

    private static int[] Choose(int count, DatasetViewOptions options)
    {
        int[] indices = [.. Enumerable.Range(0, count)];
        if (options.MaxSize is not { } most)
        {
            return indices;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(options));
        if (most >= count)
        {
            return indices;
        }

        new NumpyRandom(options.RandomSeed).Shuffle(indices.AsSpan());
        int[] kept = indices[..most];
        Array.Sort(kept);
        return kept;
    }
}
