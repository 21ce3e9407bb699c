namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>Copies a strided block of elements to contiguous row-major order.</summary>
internal static class StridedCopy
{
    /// <summary>
    /// The caller has proved that every element lies inside the source. Walks the elements with one index per dimension
    /// (an odometer), so the number of dimensions costs no recursion.
    /// </summary>
    public static byte[] ToRowMajor(
        ReadOnlySpan<byte> source, long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, int size)
    {
        long count = 1;
        foreach (long extent in shape)
        {
            count *= extent;
        }

        byte[] result = new byte[checked((int)(count * size))];
        if (IsRowMajor(shape, strides))
        {
            source.Slice((int)(offset * size), result.Length).CopyTo(result);
            return result;
        }

        Span<long> index = shape.Length <= 16 ? stackalloc long[shape.Length] : new long[shape.Length];
        index.Clear();
        long from = offset;
        for (int to = 0; to < result.Length; to += size)
        {
            source.Slice((int)(from * size), size).CopyTo(result.AsSpan(to, size));
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                from += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                from -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return result;
    }

    internal static bool IsRowMajor(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        long expected = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (shape[axis] != 1 && strides[axis] != expected)
            {
                return false;
            }

            expected *= shape[axis];
        }

        return true;
    }
}
