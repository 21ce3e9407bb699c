using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// The copies of <see cref="ImageOrder"/>: each image is a matrix of pixels and channels that is transposed block by block.
/// </summary>
internal static unsafe class ImageOrderKernel
{
    // Columns of one strip: as many numbers as a line of the cache holds, so that every line is read once.
    private const int Strip = 16;
    private const int Block = 8;

    /// <summary>A copy in the other order.</summary>
    /// <param name="x">[N, C, H, W] float32 on the CPU, in the order that is not asked for.</param>
    /// <param name="format">The order of the copy.</param>
    internal static Tensor Copy(Tensor x, MemoryFormat format)
    {
        using var scope = new TensorScope();
        long n = x.Size(0), channels = x.Size(1), height = x.Size(2), width = x.Size(3), pixels = height * width;
        bool toPlanes = format == MemoryFormat.Contiguous;
        Tensor y = toPlanes
            ? Tensor.Empty([n, channels, height, width]) : Tensor.Empty([n, height, width, channels]).Permute(0, 3, 1, 2);
        (long rows, long columns) = toPlanes ? (pixels, channels) : (channels, pixels);
        long strips = (columns + Strip - 1) / Strip;
        nint source = x.DataPointer, target = y.DataPointer;
        bool wide = Avx.IsSupported && SimdWidth.Bits >= 256;
        TorchParallel.For(0, n * strips, Math.Max(1, LaneLoop.Grain / (rows * Strip)), (begin, end) =>
        {
            for (long i = begin; i < end; i++)
            {
                long first = i % strips * Strip;
                float* from = (float*)source + (i / strips * rows * columns) + first, to = (float*)target + (
                    i / strips * rows * columns) + (first * rows);
                Transpose(from, columns, to, rows, rows, (int)Math.Min(Strip, columns - first), wide);
            }
        });
        GC.KeepAlive(x);
        return scope.Keep(y);
    }

    // from[r, c] to to[c, r], up to sixteen columns.
    private static void Transpose(float* from, long fromStep, float* to, long toStep, long rows, int columns, bool wide)
    {
        long r = 0;
        if (wide && columns >= Block)
        {
            for (; r + Block <= rows; r += Block)
            {
                int c = 0;
                for (; c + Block <= columns; c += Block)
                {
                    Eight(from + (r * fromStep) + c, fromStep, to + (c * toStep) + r, toStep);
                }

                Plain(from + (r * fromStep) + c, fromStep, to + (c * toStep) + r, toStep, Block, columns - c);
            }
        }

        Plain(from + (r * fromStep), fromStep, to + r, toStep, rows - r, columns);
    }

    private static void Plain(float* from, long fromStep, float* to, long toStep, long rows, int columns)
    {
        for (long r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                to[(c * toStep) + r] = from[(r * fromStep) + c];
            }
        }
    }

    // Pairs, then quadruples, then halves change places.
    private static void Eight(float* from, long fromStep, float* to, long toStep)
    {
        Vector256<float> a = Avx.LoadVector256(from), b = Avx.LoadVector256(from + fromStep);
        Vector256<float> c = Avx.LoadVector256(from + (2 * fromStep)), d = Avx.LoadVector256(from + (3 * fromStep));
        Vector256<float> e = Avx.LoadVector256(from + (4 * fromStep)), f = Avx.LoadVector256(from + (5 * fromStep));
        Vector256<float> g = Avx.LoadVector256(from + (6 * fromStep)), h = Avx.LoadVector256(from + (7 * fromStep));
        Vector256<float> ab = Avx.UnpackLow(a, b), ab2 = Avx.UnpackHigh(a, b), cd = Avx.UnpackLow(c, d), cd2 = Avx.UnpackHigh(
            c, d);
        Vector256<float> ef = Avx.UnpackLow(e, f), ef2 = Avx.UnpackHigh(e, f), gh = Avx.UnpackLow(g, h), gh2 = Avx.UnpackHigh(
            g, h);
        Vector256<float> p0 = Avx.Shuffle(ab, cd, 0x44), p1 = Avx.Shuffle(ab, cd, 0xEE), p2 = Avx.Shuffle(ab2, cd2, 0x44),
            p3 = Avx.Shuffle(ab2, cd2, 0xEE);
        Vector256<float> q0 = Avx.Shuffle(ef, gh, 0x44), q1 = Avx.Shuffle(ef, gh, 0xEE), q2 = Avx.Shuffle(ef2, gh2, 0x44),
            q3 = Avx.Shuffle(ef2, gh2, 0xEE);
        Avx.Store(to, Avx.Permute2x128(p0, q0, 0x20));
        Avx.Store(to + toStep, Avx.Permute2x128(p1, q1, 0x20));
        Avx.Store(to + (2 * toStep), Avx.Permute2x128(p2, q2, 0x20));
        Avx.Store(to + (3 * toStep), Avx.Permute2x128(p3, q3, 0x20));
        Avx.Store(to + (4 * toStep), Avx.Permute2x128(p0, q0, 0x31));
        Avx.Store(to + (5 * toStep), Avx.Permute2x128(p1, q1, 0x31));
        Avx.Store(to + (6 * toStep), Avx.Permute2x128(p2, q2, 0x31));
        Avx.Store(to + (7 * toStep), Avx.Permute2x128(p3, q3, 0x31));
    }
}
