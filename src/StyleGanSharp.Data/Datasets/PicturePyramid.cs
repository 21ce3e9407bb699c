namespace StyleGanSharp.Data.Datasets;

/// <summary>
/// An image at half its size, a quarter, ... Every level is the mean of 2x2 pixels of the level above before that one was
/// rounded; rounding is to the nearest number, halves to the even one. So the field's multi-resolution data sets are made.
/// </summary>
internal static class PicturePyramid
{
    /// <summary>The levels below the image itself, from half the side down to <paramref name="smallest"/>.</summary>
    /// <param name="pixels">[channels, side, side], uint8.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="side">A power of two.</param>
    /// <param name="smallest">
    /// Side of the last level, a power of two; nothing is returned where it is not below <paramref name="side"/>.
    /// </param>
    public static IEnumerable<byte[]> Below(byte[] pixels, int channels, int side, int smallest)
    {
        if (side <= smallest)
        {
            yield break;
        }

        float[] level = Array.ConvertAll(pixels, p => (float)p);
        while (side > smallest)
        {
            level = Halve(level, channels, side);
            side /= 2;
            yield return Array.ConvertAll(
                level, v => (byte)Math.Clamp(MathF.Round(v, MidpointRounding.ToEven), 0, byte.MaxValue));
        }
    }

    private static float[] Halve(float[] level, int channels, int side)
    {
        int half = side / 2;
        var result = new float[channels * half * half];
        for (int row = 0; row < channels * half; row++)
        {
            // Rows of all channels lie one behind the other, so that two of the source make one of the result.
            ReadOnlySpan<float> top = level.AsSpan(2 * row * side, side);
            ReadOnlySpan<float> bottom = level.AsSpan(((2 * row) + 1) * side, side);
            Span<float> target = result.AsSpan(row * half, half);
            for (int x = 0; x < half; x++)
            {
                target[x] = (top[2 * x] + top[(2 * x) + 1] + bottom[2 * x] + bottom[(2 * x) + 1]) * 0.25f;
            }
        }

        return result;
    }
}
