using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Products;

/// <summary>
/// Sums of each channel over samples and pixels: what a bias gets of a gradient. In float64 blocks, whatever the number of
/// threads.
/// </summary>
internal static unsafe class ChannelSum
{
    // Rows that are summed in float32 before they go into a float64 sum.
    private const int Block = 32;

    /// <summary>[N, C] or [N, C, H, W] to [C].</summary>
    internal static Tensor Of(Tensor x)
    {
        if (GradMode.IsEnabled || x.DType != DType.Float32 || x.Dim != 4 || x.IsContiguous || !x.IsChannelsLast)
        {
            return x.Sum(x.Dim == 2 ? [0] : [0, 2, 3]);
        }

        const int Parts = 16;
        long channels = x.Size(1);
        var sums = new double[Parts * channels];
        fixed (double* memory = sums)
        {
            LaneLoop.For(Parts, 1, new Rows((float*)x.DataPointer, memory, x.Count / channels, channels, Parts));
        }

        GC.KeepAlive(x);
        var total = new float[channels];
        for (long c = 0; c < channels; c++)
        {
            double sum = 0;
            for (int part = 0; part < Parts; part++)
            {
                sum += sums[(part * channels) + c];
            }

            total[c] = (float)sum;
        }

        return Tensor.From(total, [channels]);
    }

    private readonly struct Rows(float* x, double* sums, long rows, long channels, int parts) : ILaneKernel
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            var memory = new float[channels];
            fixed (float* block = memory)
            {
                for (long part = begin; part < end; part++)
                {
                    long last = rows * (part + 1) / parts;
                    for (long row = rows * part / parts; row < last; row += Block)
                    {
                        memory.AsSpan().Clear();
                        for (long r = row; r < Math.Min(last, row + Block); r++)
                        {
                            long i = 0;
                            Accumulate<T>(block, x + (r * channels), channels, ref i);
                            Accumulate<Lanes32>(block, x + (r * channels), channels, ref i);
                        }

                        for (long c = 0; c < channels; c++)
                        {
                            sums[(part * channels) + c] += block[c];
                        }
                    }
                }
            }
        }
    }

    private static void Accumulate<T>(float* to, float* from, long count, ref long i)
        where T : struct, ILanes<T>
    {
        for (; i <= count - T.Count; i += T.Count)
        {
            T.Store(T.Load(to + i) + T.Load(from + i), to + i);
        }
    }
}
