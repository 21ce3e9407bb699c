using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Networks.Latents;

namespace StyleGanSharp.Training.Sampling;

/// <summary>
/// The items that the images of a training run's previews show: without labels random ones, with labels one label a row. Chosen
/// once, by the field's rule, so that previews of the same data show the same items.
/// </summary>
public sealed class PreviewGrid
{
    // Official previews fill a screen of 7680x4320 within these bounds.
    private const int ScreenWidth = 7680;
    private const int ScreenHeight = 4320;
    private const int MinColumns = 7;
    private const int MinRows = 4;
    private const int MaxSide = 32;

    // On a CPU more images than this cost minutes at every snapshot.
    private const int SmallSide = 8;

    private PreviewGrid(int columns, int rows, int[] indices)
    {
        Columns = columns;
        Rows = rows;
        Indices = indices;
    }

    /// <summary>Images in a row.</summary>
    public int Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Items of the <see cref="DatasetView"/>, row by row, [Rows * Columns].</summary>
    public IReadOnlyList<int> Indices { get; }

    /// <summary>The field's size of the grid: as many images as a screen of 7680x4320 holds, 7 to 32 by 4 to 32.</summary>
    /// <param name="width">Columns of an image.</param>
    /// <param name="height">Rows of an image.</param>
    public static (int Columns, int Rows) FullSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return (Math.Clamp(ScreenWidth / width, MinColumns, MaxSide), Math.Clamp(ScreenHeight / height, MinRows, MaxSide));
    }

    /// <summary>A grid for machines without a GPU: at most 8x8 images.</summary>
    /// <param name="width">Columns of an image.</param>
    /// <param name="height">Rows of an image.</param>
    public static (int Columns, int Rows) SmallSize(int width, int height)
    {
        (int columns, int rows) = FullSize(width, height);
        return (Math.Min(columns, SmallSide), Math.Min(rows, SmallSide));
    }

    /// <summary>Chooses the items.</summary>
    /// <param name="view">The data set.</param>
    /// <param name="columns">Images in a row, at least 1.</param>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="seed">Seed of the choice; the field uses 0.</param>
    public static PreviewGrid Choose(DatasetView view, int columns, int rows, uint seed = 0)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var random = new NumpyRandom(seed);
        int[][] groups = view.UsesLabels ? GroupByLabel(view) : [[.. Enumerable.Range(0, view.Count)]];
        foreach (int[] group in groups)
        {
            random.Shuffle(group.AsSpan());
        }

        // A row goes on where the last row of its group ended; without labels that is one group, and one endless row.
        var next = new int[groups.Length];
        var indices = new int[checked(columns * rows)];
        for (int i = 0; i < indices.Length; i++)
        {
            int g = i / columns % groups.Length;
            indices[i] = groups[g][next[g]];
            next[g] = (next[g] + 1) % groups[g].Length;
        }

        return new PreviewGrid(columns, rows, indices);
    }

    /// <summary>Items of equal labels, sorted by the label read backwards (for classes: by class).</summary>
    private static int[][] GroupByLabel(DatasetView view)
    {
        DatasetLabels labels = view.Dataset.Labels;
        if (labels.Kind == LabelKind.Classes)
        {
            return [.. Enumerable.Range(0, view.Count)
                .GroupBy(i => labels.Class(view[i].Index)).OrderBy(g => g.Key).Select(g => g.ToArray())];
        }

        var vectors = new float[view.Count][];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = new float[labels.Size];
            labels.CopyTo(view[i].Index, vectors[i]);
            Array.Reverse(vectors[i]);
        }

        var byVector = Comparer<float[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));
        var groups = new SortedDictionary<float[], List<int>>(byVector);
        for (int i = 0; i < vectors.Length; i++)
        {
            if (!groups.TryGetValue(vectors[i], out List<int>? group))
            {
                groups.Add(vectors[i], group = []);
            }

            group.Add(i);
        }

        return [.. groups.Values.Select(g => g.ToArray())];
    }
}
