using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Letters;

/// <summary>Pictures of letters with their classes, in memory: they are small and are read many times.</summary>
/// <param name="side">Width and height.</param>
/// <param name="channels">Colour channels.</param>
/// <param name="pixels">[N, channels, side, side], uint8.</param>
/// <param name="classes">[N], each a number of a name.</param>
/// <param name="names">What the classes are called.</param>
internal sealed class LetterSet(int side, int channels, byte[] pixels, int[] classes, IReadOnlyList<string> names)
{
    private const int MaxSide = 64;
    private const long MaxBytes = 1 << 30;

    internal int Side => side;

    internal int Channels => channels;

    internal int Count => classes.Length;

    internal int[] Classes => classes;

    internal IReadOnlyList<string> Names => names;

    /// <summary>Reads a whole data set.</summary>
    /// <exception cref="DatasetException">It cannot be read.</exception>
    /// <exception cref="LettersException">It has no named classes, or its pictures are no small squares.</exception>
    internal static LetterSet Read(string path)
    {
        using ImageDataset dataset = ImageDataset.Open(path);
        if (dataset.Labels is not { Kind: LabelKind.Classes, ClassNames: { } names } || names.Count != dataset.Labels.Size)
        {
            throw new LettersException($"{path} has no named classes of which every one is used: make it with eng/letters-data.sh.");
        }

        if (dataset.SizeProblem is not null || dataset.Width is < 8 or > MaxSide)
        {
            throw new LettersException($"{path} has pictures of {dataset.Width}x{dataset.Height}: expected squares of 8, 16, 32 or {MaxSide} pixels.");
        }

        if ((long)dataset.Count * dataset.ImageBytes > MaxBytes)
        {
            throw new LettersException($"{path} has {dataset.Count} pictures, more than fit into {MaxBytes >> 20} MiB of memory: use fewer.");
        }

        var pixels = new byte[dataset.Count * dataset.ImageBytes];
        for (int i = 0; i < dataset.Count; i++)
        {
            dataset.Read(i, pixels.AsSpan(i * dataset.ImageBytes, dataset.ImageBytes));
        }

        return new LetterSet(dataset.Width, dataset.Channels, pixels, [.. Enumerable.Range(0, dataset.Count).Select(dataset.Labels.Class)], names);
    }

    /// <summary>Some of the pictures, each moved by its own shift; what comes in at a border repeats the border.</summary>
    /// <param name="indices">Numbers of pictures, [n].</param>
    /// <param name="shift">Columns and rows of the i-th of them; null: none is moved.</param>
    /// <returns>[n, Channels, Side, Side] float32 in [-1, 1].</returns>
    internal Tensor Pictures(ReadOnlySpan<int> indices, Func<int, (int X, int Y)>? shift = null)
    {
        var values = new float[indices.Length * channels * side * side];
        int at = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            (int dx, int dy) = shift?.Invoke(i) ?? (0, 0);
            for (int c = 0; c < channels; c++)
            {
                int plane = ((indices[i] * channels) + c) * side * side;
                for (int y = 0; y < side; y++)
                {
                    int row = plane + (Math.Clamp(y - dy, 0, side - 1) * side);
                    for (int x = 0; x < side; x++)
                    {
                        values[at++] = (pixels[row + Math.Clamp(x - dx, 0, side - 1)] / 127.5f) - 1;
                    }
                }
            }
        }

        return Tensor.From(values, [indices.Length, channels, side, side]);
    }
}
