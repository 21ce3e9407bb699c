namespace StyleGanSharp.Data.Datasets;

/// <summary>The labels of a data set's images.</summary>
public sealed class DatasetLabels
{
    private readonly int[] classes;
    private readonly float[] vectors;   // [N, Size]

    private DatasetLabels(LabelKind kind, int size, int[] classes, float[] vectors, IReadOnlyList<string>? classNames)
    {
        Kind = kind;
        Size = size;
        this.classes = classes;
        this.vectors = vectors;
        ClassNames = classNames;
    }

    /// <summary>No labels.</summary>
    public static DatasetLabels None { get; } = new(LabelKind.None, 0, [], [], null);

    /// <summary>What they are.</summary>
    public LabelKind Kind { get; }

    /// <summary>Number of images that have labels.</summary>
    internal int Count => Kind == LabelKind.Classes ? classes.Length : Size == 0 ? 0 : vectors.Length / Size;

    /// <summary>Length of a label vector: 0 without labels, the largest class number plus one for classes.</summary>
    public int Size { get; }

    /// <summary>Names of the classes, at least <see cref="Size"/> of them; null when the data set has none.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>Labels that are class numbers.</summary>
    /// <param name="classes">One number from 0 up for each image.</param>
    /// <param name="classNames">Names, at least as many as the largest number plus one; or null.</param>
    /// <returns>The labels; the array is not copied.</returns>
    public static DatasetLabels OfClasses(int[] classes, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return new DatasetLabels(LabelKind.Classes, classes.Length == 0 ? 0 : classes.Max() + 1, classes, [], classNames);
    }

    /// <summary>Labels that are vectors.</summary>
    /// <param name="vectors">[N, <paramref name="size"/>], float32.</param>
    /// <param name="size">Length of each, at least 1.</param>
    /// <returns>The labels; the array is not copied.</returns>
    public static DatasetLabels OfVectors(float[] vectors, int size)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        return new DatasetLabels(LabelKind.Vectors, size, [], vectors, null);
    }

    /// <summary>The class of an image.</summary>
    /// <param name="index">The image's number.</param>
    /// <exception cref="InvalidOperationException">The labels are no classes.</exception>
    public int Class(int index) => Kind == LabelKind.Classes
        ? classes[index]
        : throw new InvalidOperationException($"The labels are {Kind}, not classes.");

    /// <summary>Writes the label vector of an image.</summary>
    /// <param name="index">The image's number.</param>
    /// <param name="destination">[<see cref="Size"/>], float32: one-hot for classes.</param>
    public void CopyTo(int index, Span<float> destination)
    {
        if (Kind == LabelKind.Classes)
        {
            destination[..Size].Clear();
            destination[classes[index]] = 1;
        }
        else if (Kind == LabelKind.Vectors)
        {
            vectors.AsSpan(index * Size, Size).CopyTo(destination);
        }
    }
}
