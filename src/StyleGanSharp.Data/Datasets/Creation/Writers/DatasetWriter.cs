using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Writers;

/// <summary>Writes the images of a data set in their order. The same images give the same bytes.</summary>
internal abstract class DatasetWriter : IDisposable
{
    private readonly List<(string Name, string? Label)> pictures = [];

    /// <summary>Images so far.</summary>
    public int Count => pictures.Count;

    /// <summary>Those without a label.</summary>
    public int Unlabelled => pictures.Count(p => p.Label is null);

    /// <summary>Names and labels of the images so far.</summary>
    protected IReadOnlyList<(string Name, string? Label)> Pictures => pictures;

    /// <summary>Whether all images have labels; only then the data set has some.</summary>
    protected bool IsLabelled => Count > 0 && Unlabelled == 0;

    /// <summary>The stored form of an image, in as many parts as the format has; costly, so done by many threads.</summary>
    public abstract byte[][] Encode(ImageBuffer image);

    /// <summary>Writes an image.</summary>
    /// <param name="number">Of the image in its source; numbers of dropped images stay unused.</param>
    /// <param name="encoded">From <see cref="Encode"/>.</param>
    /// <param name="label">JSON: a class number or a list of numbers; or null.</param>
    public void Add(int number, byte[][] encoded, string? label) => pictures.Add((Write(number, encoded), label));

    /// <summary>Writes the labels; nothing may be added afterwards.</summary>
    /// <param name="classNames">Names of the classes; written when there are labels and the format has a place for them.</param>
    /// <param name="facts">How the data set was made.</param>
    /// <returns>Whether it has labels.</returns>
    public bool Finish(IReadOnlyList<string>? classNames, IEnumerable<KeyValuePair<string, string>> facts)
    {
        WriteLabels(classNames, facts);
        return IsLabelled;
    }

    public abstract void Dispose();

    /// <returns>The name that the image got.</returns>
    protected abstract string Write(int number, byte[][] encoded);

    protected abstract void WriteLabels(IReadOnlyList<string>? classNames, IEnumerable<KeyValuePair<string, string>> facts);
}
