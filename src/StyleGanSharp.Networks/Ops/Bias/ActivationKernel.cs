using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Bias;

/// <summary>
/// Bias, leaky ReLU, gain and clamp in one pass over memory, forwards and backwards: the fast form of
/// <see cref="BiasAct.Reference"/> on the CPU.
/// </summary>
internal static unsafe class ActivationKernel
{
    /// <summary>Whether a tensor can be worked on: features or images in either memory layout.</summary>
    internal static bool Accepts(Tensor x, int dim) =>
        FastOps.Take(x) && x.Dim is 2 or 4 && dim == 1
        && (x.IsContiguous || (x.Dim == 4 && x.IsChannelsLast));

    /// <summary>The activation of x + bias.</summary>
    /// <param name="x">[N, C] or [N, C, H, W] float32, contiguous or channels-last.</param>
    /// <param name="bias">[C] or null.</param>
    /// <param name="shape">The activation.</param>
    /// <param name="inPlace">Write the result over <paramref name="x"/>.</param>
    internal static Tensor Forward(Tensor x, Tensor? bias, ActivationShape shape, bool inPlace = false)
    {
        using var scope = new TensorScope();
        Tensor result = inPlace ? x : x.EmptyLike();
        (long rows, long length, bool perRow) = Layout(x);
        Tensor? plain = bias?.Contiguous();
        var address = (float*)(plain?.DataPointer ?? 0);
        LaneLoop.For(rows, LaneLoop.Grain / length, new Activate(
            (float*)x.DataPointer, address, (float*)result.DataPointer, length, perRow, x.Size(1), shape));
        GC.KeepAlive(x);
        GC.KeepAlive(plain);
        return inPlace ? result : scope.Keep(result);
    }

    /// <summary>g times the derivative of the activation, which the activation's result tells.</summary>
    /// <param name="g">Shape and layout of <paramref name="y"/>.</param>
    /// <param name="y">What <see cref="Forward"/> returned.</param>
    /// <param name="shape">The activation.</param>
    internal static Tensor Mask(Tensor g, Tensor y, ActivationShape shape)
    {
        using var scope = new TensorScope();
        Tensor same = y.IsContiguous ? g.Contiguous() : g.Contiguous(MemoryFormat.ChannelsLast);
        Tensor result = y.EmptyLike();
        const long Block = 1 << 10;
        var mask = new Derivative(
            (float*)same.DataPointer, (float*)y.DataPointer, (float*)result.DataPointer, y.Count, Block, shape);
        LaneLoop.For((y.Count + Block - 1) / Block, LaneLoop.Grain / Block, mask);
        GC.KeepAlive(same);
        GC.KeepAlive(y);
        return scope.Keep(result);
    }

    // Rows of consecutive numbers: the channels of a pixel, each with a bias of its own, or the pixels of a channel with a common
    // one.
    private static (long Rows, long Length, bool PerRow) Layout(Tensor x)
    {
        long channels = x.Size(1);
        return x.Dim == 2 || !x.IsContiguous
            ? (x.Count / channels, channels, false) : (x.Size(0) * channels, x.Count / (x.Size(0) * channels), true);
    }

    private readonly struct Activate(
        float* x, float* bias, float* to, long length, bool perRow, long channels, ActivationShape shape) : ILaneKernel
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            for (long row = begin; row < end; row++)
            {
                float common = bias is not null && perRow ? bias[row % channels] : 0;
                float* own = perRow ? null : bias;
                long i = 0;
                Row<T>(x + (row * length), own, common, to + (row * length), ref i);
                Row<Lanes32>(x + (row * length), own, common, to + (row * length), ref i);
            }
        }

        private void Row<T>(float* from, float* own, float common, float* result, ref long i)
            where T : struct, ILanes<T>
        {
            T above = T.All(shape.Gain), below = T.All(shape.Gain * shape.Slope), limit = T.All(shape.Limit), added = T.All(
                common);
            for (; i <= length - T.Count; i += T.Count)
            {
                T v = T.Load(from + i) + (own is null ? added : T.Load(own + i));
                T.Store(T.Clamp(v * T.SelectPositive(v, above, below), limit), result + i);
            }
        }
    }

    private readonly struct Derivative(float* g, float* y, float* to, long count, long block, ActivationShape shape) : ILaneKernel
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            long i = begin * block, last = Math.Min(count, end * block);
            Range<T>(ref i, last);
            Range<Lanes32>(ref i, last);
        }

        private void Range<T>(ref long i, long last)
            where T : struct, ILanes<T>
        {
            T above = T.All(shape.Gain), below = T.All(shape.Gain * shape.Slope), limit = T.All(shape.Limit);
            for (; i <= last - T.Count; i += T.Count)
            {
                T value = T.Load(y + i);
                T.Store(T.Load(g + i) * T.SelectWithin(value, limit, T.SelectPositive(value, above, below)), to + i);
            }
        }
    }
}
