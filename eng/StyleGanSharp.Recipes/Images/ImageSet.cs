using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.Images;

/// <summary>The images of a data set in memory: they are small and are read many times.</summary>
/// <param name="side">Width and height.</param>
/// <param name="channels">Color channels.</param>
/// <param name="pixels">[N, channels, side, side], uint8.</param>
internal sealed class ImageSet(int side, int channels, byte[] pixels)
{
    private const int MaxSide = 64;
    private const long MaxBytes = 1 << 30;

    internal int Side => side;

    internal int Channels => channels;

    internal int Count => pixels.Length / (channels * side * side);

    /// <summary>Reads all images of a data set.</summary>
    /// <exception cref="DatasetException">An image cannot be read.</exception>
    /// <exception cref="RecipeException">The images are not small squares, or do not fit into memory.</exception>
    internal static ImageSet Read(ImageDataset dataset, string path)
    {
        if (dataset.SizeProblem is not null || dataset.Width is < 8 or > MaxSide)
        {
            throw new RecipeException(
                $"{path} has images of {dataset.Width}x{dataset.Height}: expected squares of 8, 16, 32 or {MaxSide} pixels.");
        }

        if ((long)dataset.Count * dataset.ImageBytes > MaxBytes)
        {
            throw new RecipeException(
                $"{path} has {dataset.Count} images, more than fit into {MaxBytes >> 20} MiB of memory: use fewer.");
        }

        var pixels = new byte[dataset.Count * dataset.ImageBytes];
        Parallel.For(0, dataset.Count, i => dataset.Read(i, pixels.AsSpan(i * dataset.ImageBytes, dataset.ImageBytes)));
        return new ImageSet(dataset.Width, dataset.Channels, pixels);
    }

    /// <summary>One image, [channels, side, side].</summary>
    internal ReadOnlySpan<byte> Pixels(int index) => pixels.AsSpan(index * channels * side * side, channels * side * side);

    /// <summary>Some of the images as they are.</summary>
    /// <returns>uint8 [n, channels, side, side].</returns>
    internal Tensor Select(ReadOnlySpan<int> indices)
    {
        int size = channels * side * side;
        var chosen = new byte[indices.Length * size];
        for (int i = 0; i < indices.Length; i++)
        {
            Pixels(indices[i]).CopyTo(chosen.AsSpan(i * size));
        }

        return Tensor.From(chosen, [indices.Length, channels, side, side]);
    }

    /// <summary>Some of the images, each shifted and mirrored on its own; what comes in at a border repeats the border.</summary>
    /// <param name="indices">Which images, [n].</param>
    /// <param name="change">
    /// Columns and rows by which the i-th of them moves, and whether it is mirrored before; null: none changes.
    /// </param>
    /// <returns>[n, channels, side, side] float32 in [-1, 1].</returns>
    internal Tensor Augmented(ReadOnlySpan<int> indices, Func<int, (int X, int Y, bool Mirror)>? change = null)
    {
        var values = new float[indices.Length * channels * side * side];
        int at = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            (int dx, int dy, bool mirror) = change?.Invoke(i) ?? (0, 0, false);
            for (int c = 0; c < channels; c++)
            {
                int plane = ((indices[i] * channels) + c) * side * side;
                for (int y = 0; y < side; y++)
                {
                    int row = plane + (Math.Clamp(y - dy, 0, side - 1) * side);
                    for (int x = 0; x < side; x++)
                    {
                        int column = Math.Clamp(x - dx, 0, side - 1);
                        values[at++] = (pixels[row + (mirror ? side - 1 - column : column)] / 127.5f) - 1;
                    }
                }
            }
        }

        return Tensor.From(values, [indices.Length, channels, side, side]);
    }
}
