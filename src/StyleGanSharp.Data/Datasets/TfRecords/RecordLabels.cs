using StyleGanSharp.Data.Numpy;

namespace StyleGanSharp.Data.Datasets.TfRecords;

/// <summary>The file NAME-rxx.labels: a NumPy array of one row for each image.</summary>
internal static class RecordLabels
{
    private const int MaxVector = 1 << 16;

    /// <summary>
    /// Reads the labels. Rows that all have a single one and zeros, every column being used up to the last, are classes; a list
    /// of whole numbers is classes too.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="pictures">Number of images.</param>
    /// <param name="allowMore">Further rows are left alone: images at the end are known to be lost.</param>
    /// <exception cref="DatasetException">
    /// The file cannot be read, or has another number of rows than there are images.
    /// </exception>
    public static DatasetLabels Read(string path, int pictures, bool allowMore = false)
    {
        NumpyArray array;
        try
        {
            array = NpyFile.Read(path);
        }
        catch (NumpyFileException exception)
        {
            throw new DatasetException(path, exception.Message, exception);
        }

        if (array.Shape.Length is not (1 or 2) || array.Shape[0] < pictures || (array.Shape[0] > pictures && !allowMore)
            || (array.Shape.Length == 2 && array.Shape[1] is < 0 or > MaxVector))
        {
            throw new DatasetException(
                path,
                $"{path} holds {array}, but there are {pictures} images: it has to have one row for each, "
                    + $"and up to {MaxVector} numbers in a "
                + "row; remove it to do without labels.");
        }

        float[] values = array.ToSingles();
        if (Array.FindIndex(values, v => !float.IsFinite(v)) is >= 0 and var bad)
        {
            throw new DatasetException(
                path, $"{path} has a label that is not a number, at position {bad}: remove the file to do without labels.");
        }

        int size = array.Shape.Length == 1 ? 1 : (int)array.Shape[1];
        if (size == 0 || pictures == 0)
        {
            return DatasetLabels.None;
        }

        values = values[..(pictures * size)];

        if ((array.Shape.Length == 1 ? AsNumbers(values) : AsOneHot(values, size)) is { } classes)
        {
            return DatasetLabels.OfClasses(classes);
        }

        return DatasetLabels.OfVectors(values, size);
    }

    /// <summary>Makes the array of labels.</summary>
    /// <param name="labels">[N, size], one-hot for classes.</param>
    /// <param name="size">Numbers of a row.</param>
    public static NumpyArray Array2D(float[] labels, int size) => NumpyArray.Create<float>(labels, labels.Length / size, size);

    private static int[]? AsNumbers(float[] values) =>
        values.All(v => v >= 0 && v < LabelFile.MaxClasses && v == MathF.Truncate(v))
            ? Array.ConvertAll(values, v => (int)v) : null;

    private static int[]? AsOneHot(float[] values, int size)
    {
        var classes = new int[values.Length / size];
        for (int i = 0; i < classes.Length; i++)
        {
            ReadOnlySpan<float> row = values.AsSpan(i * size, size);
            classes[i] = row.IndexOf(1f);
            if (classes[i] < 0 || row[..classes[i]].ContainsAnyExcept(0f) || row[(classes[i] + 1)..].ContainsAnyExcept(0f))
            {
                return null;
            }
        }

        // The length of a label is the largest class plus one: where the last columns are never used, the rows say more.
        return classes.Max() == size - 1 ? classes : null;
    }
}
