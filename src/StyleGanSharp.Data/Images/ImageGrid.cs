namespace StyleGanSharp.Data.Images;

/// <summary>Lays equal-sized images out in rows and columns.</summary>
public static class ImageGrid
{
    /// <summary>
    /// Builds one image from many, row by row; cells without an image stay black (opaque where there is alpha).
    /// </summary>
    /// <param name="cells">Images of one size and one number of channels; at least one, at most columns x rows.</param>
    /// <param name="columns">Images per row, at least 1.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="padding">Black pixels between neighbours (not around the grid), at least 0.</param>
    /// <returns>[rows x height + gaps, columns x width + gaps, channels], uint8.</returns>
    /// <exception cref="ArgumentException">A number is out of range, sizes differ, or there are too many images.</exception>
    public static ImageBuffer Compose(IReadOnlyList<ImageBuffer> cells, int columns, int rows, int padding = 0)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        if (cells.Count == 0 || cells.Count > (long)columns * rows)
        {
            throw new ArgumentException(
                $"A grid of {columns}x{rows} takes 1 to {(long)columns * rows} images, got {cells.Count}.", nameof(cells));
        }

        ImageBuffer first = cells[0];
        long width = ((long)columns * first.Width) + ((long)(columns - 1) * padding);
        long height = ((long)rows * first.Height) + ((long)(rows - 1) * padding);
        if (width > int.MaxValue || height > int.MaxValue || (double)width * height * first.Channels > Array.MaxLength)
        {
            throw new ArgumentException($"A grid of {width}x{height} pixels does not fit into one image.", nameof(columns));
        }

        var grid = new ImageBuffer((int)width, (int)height, first.Channels);
        if (first.Channels == 4)
        {
            MakeOpaque(grid.Pixels);
        }

        for (int i = 0; i < cells.Count; i++)
        {
            ImageBuffer cell = cells[i];
            if (cell.Width != first.Width || cell.Height != first.Height || cell.Channels != first.Channels)
            {
                throw new ArgumentException(
                    $"Images of a grid have one size: image 0 is {first.Width}x{first.Height}x{first.Channels}, " +
                    $"image {i} is {cell.Width}x{cell.Height}x{cell.Channels}.",
                    nameof(cells));
            }

            int left = i % columns * (first.Width + padding) * first.Channels;
            int top = i / columns * (first.Height + padding);
            for (int y = 0; y < cell.Height; y++)
            {
                cell.Row(y).CopyTo(grid.Row(top + y)[left..]);
            }
        }

        return grid;
    }

    private static void MakeOpaque(Span<byte> rgba)
    {
        for (int i = 3; i < rgba.Length; i += 4)
        {
            rgba[i] = 255;
        }
    }
}
