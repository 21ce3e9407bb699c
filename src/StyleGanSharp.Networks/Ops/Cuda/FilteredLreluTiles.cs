namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>
/// How large a part of the result one block of <c>filtered_lrelu</c> computes, and the shared memory that takes.
/// </summary>
/// <param name="Width">A multiple of four: so the mask's bytes belong to one tile each.</param>
/// <param name="Height">Rows.</param>
/// <param name="SharedBytes">At most what every device gives without being asked.</param>
internal readonly record struct FilteredLreluTiles(int Width, int Height, int SharedBytes)
{
    private const int MostSharedBytes = 48 << 10;

    // Larger tiles compute less of what neighbours compute, too; smaller ones let more blocks share a processor.
    private static readonly (int Width, int Height)[] Sizes = [(32, 32), (32, 16), (16, 16), (16, 8), (8, 8), (8, 4), (4, 4)];

    /// <summary>The largest that fits; null: not even the smallest does.</summary>
    internal static FilteredLreluTiles? For(FilteredLreluGeometry geometry)
    {
        foreach ((int width, int height) in Sizes)
        {
            long bytes = Bytes(geometry, width, height);
            if (bytes <= MostSharedBytes)
            {
                return new FilteredLreluTiles(width, height, (int)bytes);
            }
        }

        return null;
    }

    // The same sizes as in the kernel.
    private static long Bytes(FilteredLreluGeometry geometry, int width, int height)
    {
        (ResampleGeometry up, ResampleGeometry down) = (geometry.Up, geometry.Down);
        long highWidth = ((width - 1L) * down.Factor) + down.Taps.X, highHeight = ((height - 1L) * down.Factor) + down.Taps.Y;
        long sourceWidth = Source(highWidth, up.Taps.X, up.Factor), sourceHeight = Source(highHeight, up.Taps.Y, up.Factor);
        long wide = up.IsSeparable ? highWidth * sourceHeight : 0, narrow = down.IsSeparable ? width * highHeight : 0;
        long floats = Filter(up) + Filter(down) + (highWidth * highHeight) + Math.Max(
            (sourceWidth * sourceHeight) + wide, narrow);
        return floats * sizeof(float);

        static long Source(long high, int taps, int factor) => (high + taps - 1 + factor - 1) / factor;
        static long Filter(ResampleGeometry step) => step.IsSeparable ? step.Taps.X : (long)step.Taps.X * step.Taps.Y;
    }
}
