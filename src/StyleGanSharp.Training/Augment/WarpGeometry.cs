using StyleGanSharp.Networks.Ops.Convolutions;

namespace StyleGanSharp.Training.Augment;

/// <summary>The sizes of a warp, and where its samples lie.</summary>
/// <param name="Width">Of the images.</param>
/// <param name="Height">Of the images.</param>
/// <param name="Padding">Pixels reflected at the edges.</param>
/// <param name="OutWidth">Samples in a row.</param>
/// <param name="OutHeight">Rows of samples.</param>
/// <param name="Maps">One per image.</param>
internal sealed record WarpGeometry(int Width, int Height, Padding Padding, int OutWidth, int OutHeight, AffineMap[] Maps)
{
    /// <summary>Width of the padded and upsampled image.</summary>
    internal int UpWidth => 2 * (Width + Padding.X0 + Padding.X1);

    /// <summary>Height of the padded and upsampled image.</summary>
    internal int UpHeight => 2 * (Height + Padding.Y0 + Padding.Y1);

    /// <summary>The first column of the padded image that a sample of the map touches; may lie before it.</summary>
    internal int FirstColumn(AffineMap map) => (Reach(map, UpWidth, p => p.X).First >> 1) - 3;

    /// <summary>The first row, likewise.</summary>
    internal int FirstRow(AffineMap map) => (Reach(map, UpHeight, p => p.Y).First >> 1) - 3;

    /// <summary>
    /// All columns that samples of the map touch: the column of the image that is seen there, -1 beyond the padding.
    /// </summary>
    internal int[] Columns(AffineMap map) => Seen(Reach(map, UpWidth, p => p.X), Padding.X0, Padding.X1, Width);

    /// <summary>All rows, likewise.</summary>
    internal int[] Rows(AffineMap map) => Seen(Reach(map, UpHeight, p => p.Y), Padding.Y0, Padding.Y1, Height);

    // The upsampled pixels between the extreme samples, one more on either side for the rounding, as far as there is anything to
    // see.
    private (int First, int Last) Reach(AffineMap map, int size, Func<(double X, double Y), double> axis)
    {
        double a = axis(map.At(0, 0)), b = axis(map.At(OutWidth - 1, 0)), c = axis(map.At(0, OutHeight - 1)), d = axis(
            map.At(OutWidth - 1, OutHeight - 1));
        return (Limited(Math.Min(Math.Min(a, b), Math.Min(c, d)) - 1), Limited(Math.Max(Math.Max(a, b), Math.Max(c, d)) + 1));

        int Limited(double place) => (int)Math.Floor(Math.Clamp(place, -1, size - 1));
    }

    private static int[] Seen((int First, int Last) reach, int before, int after, int size)
    {
        int first = (reach.First >> 1) - 3, last = (reach.Last >> 1) + 4;
        var seen = new int[last - first + 1];
        for (int i = 0; i < seen.Length; i++)
        {
            int place = first + i - before;
            seen[i] = place >= -before && place < size + after ? ResamplingMatrix.Reflect(place, size) : -1;
        }

        return seen;
    }
}
