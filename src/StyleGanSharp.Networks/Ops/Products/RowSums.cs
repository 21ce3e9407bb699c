using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Networks.Ops.Simd;

namespace StyleGanSharp.Networks.Ops.Products;

/// <summary>
/// Sums of whole rows of numbers, which is what every filter of <see cref="FilteredLreluRows"/> is. Lengths are of whole vectors.
/// </summary>
internal static unsafe class RowSums
{
    /// <summary>to[i] := sum over k of weights[k] · rows[k][i], i below length.</summary>
    internal static void Weighted<T>(float* to, int length, float** rows, float[] weights)
        where T : struct, ILanes<T>
    {
        int v = T.Count, i = 0;
        for (; i <= length - (4 * v); i += 4 * v)
        {
            T a = default, b = default, c = default, d = default;
            for (int k = 0; k < weights.Length; k++)
            {
                float* row = rows[k] + i;
                T w = T.All(weights[k]);
                a = T.MulAdd(w, T.Load(row), a);
                b = T.MulAdd(w, T.Load(row + v), b);
                c = T.MulAdd(w, T.Load(row + (2 * v)), c);
                d = T.MulAdd(w, T.Load(row + (3 * v)), d);
            }

            T.Store(a, to + i);
            T.Store(b, to + i + v);
            T.Store(c, to + i + (2 * v));
            T.Store(d, to + i + (3 * v));
        }

        // Side by side as well: a lone sum would wait for itself at every weight.
        switch ((length - i) / v)
        {
            case 3:
                Three<T>(to + i, i, rows, weights);
                break;
            case 2:
                Two<T>(to + i, i, rows, weights);
                break;
            case 1:
                One<T>(to + i, i, rows, weights);
                break;
        }
    }

    private static void Three<T>(float* to, int at, float** rows, float[] weights)
        where T : struct, ILanes<T>
    {
        T a = default, b = default, c = default;
        for (int k = 0; k < weights.Length; k++)
        {
            float* row = rows[k] + at;
            T w = T.All(weights[k]);
            a = T.MulAdd(w, T.Load(row), a);
            b = T.MulAdd(w, T.Load(row + T.Count), b);
            c = T.MulAdd(w, T.Load(row + (2 * T.Count)), c);
        }

        T.Store(a, to);
        T.Store(b, to + T.Count);
        T.Store(c, to + (2 * T.Count));
    }

    private static void Two<T>(float* to, int at, float** rows, float[] weights)
        where T : struct, ILanes<T>
    {
        T a = default, b = default;
        for (int k = 0; k < weights.Length; k++)
        {
            float* row = rows[k] + at;
            T w = T.All(weights[k]);
            a = T.MulAdd(w, T.Load(row), a);
            b = T.MulAdd(w, T.Load(row + T.Count), b);
        }

        T.Store(a, to);
        T.Store(b, to + T.Count);
    }

    private static void One<T>(float* to, int at, float** rows, float[] weights)
        where T : struct, ILanes<T>
    {
        T a = default;
        for (int k = 0; k < weights.Length; k++)
        {
            a = T.MulAdd(T.All(weights[k]), T.Load(rows[k] + at), a);
        }

        T.Store(a, to);
    }

    /// <summary>to[i] := a[i] + b[i], i below length.</summary>
    internal static void Pair<T>(float* to, int length, float* a, float* b)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < length; i += T.Count)
        {
            T.Store(T.Load(a + i) + T.Load(b + i), to + i);
        }
    }
}
