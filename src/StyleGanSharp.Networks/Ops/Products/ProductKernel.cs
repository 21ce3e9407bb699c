using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Products;

/// <summary>
/// Products of matrices as small as those of mapping networks, on libtorch's own threads. The BLAS of the system is slow at them
/// where it does not know the processor, and its threads keep spinning beside libtorch's afterwards (docs/performance.md).
/// </summary>
internal static unsafe class ProductKernel
{
    private const int Tile = 4;

    /// <summary>Computes one role; operands are contiguous float32 on the CPU.</summary>
    internal static Tensor Apply(BilinearRole role, Tensor a, Tensor b)
    {
        (long rows, long columns, long inner) = role switch
        {
            BilinearRole.Output => (a.Size(0), b.Size(0), a.Size(1)),
            BilinearRole.Input => (a.Size(0), b.Size(1), a.Size(1)),
            _ => (a.Size(1), b.Size(1), a.Size(0)),
        };
        Tensor result = Tensor.Empty([rows, columns]);
        float* left = (float*)a.DataPointer, right = (float*)b.DataPointer, to = (float*)result.DataPointer;
        if (role == BilinearRole.Output)
        {
            long grain = LaneLoop.Grain / Math.Max(1, rows * inner * Tile);
            LaneLoop.For((columns + Tile - 1) / Tile, grain, new Dots(left, right, to, rows, columns, inner));
        }
        else
        {
            // a[row, i] of the input's side lies at row·M + i, that of the weights' side at i·M + row.
            (long rowStep, long innerStep) = role == BilinearRole.Input ? (inner, 1L) : (1L, rows);
            long grain = LaneLoop.Grain / Math.Max(1, columns * inner * Tile);
            LaneLoop.For((rows + Tile - 1) / Tile, grain, new Sums(left, right, to, rows, columns, inner, rowStep, innerStep));
        }

        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return result;
    }

    // to[r, c] = a's row r times b's row c.
    private readonly struct Dots(float* a, float* b, float* to, long rows, long columns, long inner) : ILaneKernel
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            for (long column = begin * Tile; column < Math.Min(columns, end * Tile); column += Tile)
            {
                long row = 0;
                for (; row <= rows - 2 && column <= columns - Tile; row += 2)
                {
                    Block<T>(row, column);
                }

                for (; row < rows; row++)
                {
                    for (long c = column; c < Math.Min(columns, column + Tile); c++)
                    {
                        to[(row * columns) + c] = Dot<T>(a + (row * inner), b + (c * inner));
                    }
                }
            }
        }

        // Two rows with four: eight sums in flight hide the processor's latency.
        private void Block<T>(long row, long column)
            where T : struct, ILanes<T>
        {
            float* a0 = a + (row * inner), a1 = a0 + inner;
            float* b0 = b + (column * inner), b1 = b0 + inner, b2 = b1 + inner, b3 = b2 + inner;
            T s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default,
                s13 = default;
            long i = 0;
            for (; i <= inner - T.Count; i += T.Count)
            {
                T x = T.Load(a0 + i), y = T.Load(a1 + i), p = T.Load(b0 + i), q = T.Load(b1 + i), r = T.Load(b2 + i), s = T.Load(
                    b3 + i);
                s00 = T.MulAdd(x, p, s00);
                s01 = T.MulAdd(x, q, s01);
                s02 = T.MulAdd(x, r, s02);
                s03 = T.MulAdd(x, s, s03);
                s10 = T.MulAdd(y, p, s10);
                s11 = T.MulAdd(y, q, s11);
                s12 = T.MulAdd(y, r, s12);
                s13 = T.MulAdd(y, s, s13);
            }

            float* upper = to + (row * columns) + column, lower = upper + columns;
            (upper[0], upper[1], upper[2], upper[3]) = (T.Sum(s00), T.Sum(s01), T.Sum(s02), T.Sum(s03));
            (lower[0], lower[1], lower[2], lower[3]) = (T.Sum(s10), T.Sum(s11), T.Sum(s12), T.Sum(s13));
            for (; i < inner; i++)
            {
                for (int c = 0; c < Tile; c++)
                {
                    upper[c] += a0[i] * b0[(c * inner) + i];
                    lower[c] += a1[i] * b0[(c * inner) + i];
                }
            }
        }

        private float Dot<T>(float* left, float* right)
            where T : struct, ILanes<T>
        {
            T sum = default;
            long i = 0;
            for (; i <= inner - T.Count; i += T.Count)
            {
                sum = T.MulAdd(T.Load(left + i), T.Load(right + i), sum);
            }

            float total = T.Sum(sum);
            for (; i < inner; i++)
            {
                total += left[i] * right[i];
            }

            return total;
        }
    }

    // to[r, c] = sum over i of a(r, i) · b[i, c].
    private readonly struct Sums(
        float* a, float* b, float* to, long rows, long columns, long inner, long rowStep, long innerStep) : ILaneKernel
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            // Columns outermost: a strip of b stays in the cache for all rows.
            long c = 0;
            Strips<T>(begin * Tile, Math.Min(rows, end * Tile), ref c);
            Strips<Lanes32>(begin * Tile, Math.Min(rows, end * Tile), ref c);
        }

        private void Strips<T>(long first, long last, ref long c)
            where T : struct, ILanes<T>
        {
            for (; c <= columns - (2 * T.Count); c += 2 * T.Count)
            {
                long row = first;
                for (; row <= last - Tile; row += Tile)
                {
                    Block<T>(row, c);
                }

                for (; row < last; row++)
                {
                    Row<T>(row, c);
                    Row<T>(row, c + T.Count);
                }
            }

            for (; c <= columns - T.Count; c += T.Count)
            {
                for (long row = first; row < last; row++)
                {
                    Row<T>(row, c);
                }
            }
        }

        private void Block<T>(long row, long c)
            where T : struct, ILanes<T>
        {
            T s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default,
                s31 = default;
            float* left = a + (row * rowStep);
            float* right = b + c;
            for (long i = 0; i < inner; i++)
            {
                T p = T.Load(right), q = T.Load(right + T.Count);
                T w = T.All(left[0]);
                (s00, s01) = (T.MulAdd(w, p, s00), T.MulAdd(w, q, s01));
                w = T.All(left[rowStep]);
                (s10, s11) = (T.MulAdd(w, p, s10), T.MulAdd(w, q, s11));
                w = T.All(left[2 * rowStep]);
                (s20, s21) = (T.MulAdd(w, p, s20), T.MulAdd(w, q, s21));
                w = T.All(left[3 * rowStep]);
                (s30, s31) = (T.MulAdd(w, p, s30), T.MulAdd(w, q, s31));
                left += innerStep;
                right += columns;
            }

            float* result = to + (row * columns) + c;
            T.Store(s00, result);
            T.Store(s01, result + T.Count);
            T.Store(s10, result + columns);
            T.Store(s11, result + columns + T.Count);
            T.Store(s20, result + (2 * columns));
            T.Store(s21, result + (2 * columns) + T.Count);
            T.Store(s30, result + (3 * columns));
            T.Store(s31, result + (3 * columns) + T.Count);
        }

        private void Row<T>(long row, long c)
            where T : struct, ILanes<T>
        {
            T sum = default;
            float* left = a + (row * rowStep);
            float* right = b + c;
            for (long i = 0; i < inner; i++, left += innerStep, right += columns)
            {
                sum = T.MulAdd(T.All(*left), T.Load(right), sum);
            }

            T.Store(sum, to + (row * columns) + c);
        }
    }
}
