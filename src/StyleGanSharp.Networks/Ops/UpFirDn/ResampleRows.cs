using StyleGanSharp.Networks.Ops.Simd;

namespace StyleGanSharp.Networks.Ops.UpFirDn;

/// <summary>Separable resampling row by row: first along y, from whole rows into one, then along x within that row.</summary>
internal static unsafe class ResampleRows
{
    /// <summary>to[i] := the sum of the rows that take part in row y.</summary>
    /// <param name="to">One row.</param>
    /// <param name="plane">The memory of the rows.</param>
    /// <param name="at">The first row's first element in it; the rows lie one behind the other.</param>
    /// <param name="length">Numbers in a row.</param>
    /// <param name="along">The axis.</param>
    /// <param name="y">Row of the result.</param>
    internal static void Vertical<T, TFrom>(float* to, void* plane, long at, long length, ResampleTable along, int y)
        where T : struct, ILanes<T>
        where TFrom : struct, IElement
    {
        ReadOnlySpan<float> weights = along.Weights.AsSpan(y * along.Longest, along.Count[y]);
        long first = at + (along.First[y] * length), i = 0;
        Rows<T, TFrom>(to, plane, first, length, weights, ref i);
        Sums<T, TFrom>(to, plane, first, length, length, weights, ref i);
        Sums<Lanes32, TFrom>(to, plane, first, length, length, weights, ref i);
    }

    /// <summary>Resamples one row of pixels, each of <paramref name="channels"/> numbers.</summary>
    internal static void Horizontal<T>(float* to, float* from, long channels, ResampleTable across)
        where T : struct, ILanes<T>
    {
        for (int x = 0; x < across.First.Length; x++)
        {
            float* first = from + (across.First[x] * channels);
            ReadOnlySpan<float> weights = across.Weights.AsSpan(x * across.Longest, across.Count[x]);
            float* pixel = to + (x * channels);
            long i = 0;
            Pixel<T>(pixel, first, channels, weights, ref i);
            Pixel<Lanes32>(pixel, first, channels, weights, ref i);
        }
    }

    // Four blocks at a time keep the processor's adders busy; each weight is spread once for all of them.
    private static void Rows<T, TFrom>(float* to, void* plane, long first, long length, ReadOnlySpan<float> weights, ref long i)
        where T : struct, ILanes<T>
        where TFrom : struct, IElement
    {
        for (; i <= length - (4 * T.Count); i += 4 * T.Count)
        {
            T a = default, b = default, c = default, d = default;
            long row = first + i;
            foreach (float weight in weights)
            {
                T w = T.All(weight);
                a = T.MulAdd(w, TFrom.Load<T>(plane, row), a);
                b = T.MulAdd(w, TFrom.Load<T>(plane, row + T.Count), b);
                c = T.MulAdd(w, TFrom.Load<T>(plane, row + (2 * T.Count)), c);
                d = T.MulAdd(w, TFrom.Load<T>(plane, row + (3 * T.Count)), d);
                row += length;
            }

            T.Store(a, to + i);
            T.Store(b, to + i + T.Count);
            T.Store(c, to + i + (2 * T.Count));
            T.Store(d, to + i + (3 * T.Count));
        }
    }

    private static void Pixel<T>(float* to, float* first, long channels, ReadOnlySpan<float> weights, ref long i)
        where T : struct, ILanes<T>
    {
        if (weights.Length == 4)
        {
            T w0 = T.All(weights[0]), w1 = T.All(weights[1]), w2 = T.All(weights[2]), w3 = T.All(weights[3]);
            for (; i <= channels - T.Count; i += T.Count)
            {
                float* p = first + i;
                T sum = T.MulAdd(w1, T.Load(p + channels), w0 * T.Load(p));
                T.Store(sum + T.MulAdd(w3, T.Load(p + (3 * channels)), w2 * T.Load(p + (2 * channels))), to + i);
            }
        }
        else
        {
            Sums<T, Float32Element>(to, first, 0, channels, channels, weights, ref i);
        }
    }

    // to[i] := sum over k of weights[k] · from[first + i + k·step].
    private static void Sums<T, TFrom>(
        float* to, void* from, long first, long step, long length, ReadOnlySpan<float> weights, ref long i)
        where T : struct, ILanes<T>
        where TFrom : struct, IElement
    {
        for (; i <= length - T.Count; i += T.Count)
        {
            T sum = default;
            long p = first + i;
            foreach (float weight in weights)
            {
                sum = T.MulAdd(T.All(weight), TFrom.Load<T>(from, p), sum);
                p += step;
            }

            T.Store(sum, to + i);
        }
    }
}
