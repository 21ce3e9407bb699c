using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.AliasFree;

/// <summary>
/// The fast form of <see cref="FilteredLrelu.Reference"/> on the CPU: plane by plane, row by row, so that nothing at the high
/// rate ever leaves the cache. Samples at the high rate are kept apart by phase (column modulo
/// <see cref="FilteredLreluAxis.Phases"/>): then every filter, in either direction, is a weighted sum of whole rows.
/// </summary>
internal static unsafe class FilteredLreluKernel
{
    private const int MaxTaps = 64;
    private const int Align = 16; // lanes of the widest vectors, whatever this processor has: masks are the same for all

    /// <summary>Whether a call is of the kind that alias-free layers make; recorded ones with separable filters only.</summary>
    internal static bool Accepts(
        Tensor x, Tensor? upFilter, Tensor? downFilter, int up, int down, double gain, double slope, bool flipFilter,
        bool recorded) =>
        FastOps.Take(x) && x.Dim == 4 && !flipFilter
        && upFilter is { Dim: 1, Count: > 1 and <= MaxTaps } && downFilter is not null && downFilter.Size(0) is > 1 and <= MaxTaps
        && (downFilter.Dim == 1 || (!recorded && downFilter.Size(0) == downFilter.Size(1)))
        && (up % down == 0 || down % up == 0) && up <= upFilter.Size(0) && down <= downFilter.Size(0) && gain > 0 && slope >= 0;

    /// <summary>Whole vectors that hold so many numbers.</summary>
    internal static int RoundUp(int count) => (count + Align - 1) / Align * Align;

    /// <summary>Runs the kernel.</summary>
    /// <param name="x">[N, C, H, W] float32 on the CPU.</param>
    /// <param name="bias">[C], or null.</param>
    /// <param name="call">Filters, factors and sizes.</param>
    /// <param name="use">What happens with <paramref name="mask"/>.</param>
    /// <param name="mask">
    /// [N·C · <see cref="FilteredLreluCall.MaskPlane"/>] int8, zeros before it is written; null where it is not used.
    /// </param>
    /// <returns>[N, C, H', W'], contiguous.</returns>
    internal static Tensor Apply(
        Tensor x, Tensor? bias, FilteredLreluCall call, FilteredLreluMask use = FilteredLreluMask.None, Tensor? mask = null)
    {
        using var scope = new TensorScope();
        x = ImageOrder.Planes(x);
        long channels = x.Size(1);
        Tensor result = Tensor.Empty([x.Size(0), channels, call.Y.OutLength, call.X.OutLength]);
        var planes = new Planes(
            new FilteredLreluRows(call, use), (float*)x.DataPointer, (float*)result.DataPointer, (sbyte*)(mask?.DataPointer ?? 0),
            channels, bias?.ToArray<float>());
        LaneLoop.For(x.Size(0) * channels, 1, planes);
        GC.KeepAlive(x);
        GC.KeepAlive(mask);
        return scope.Keep(result);
    }

    private readonly struct Planes(
        FilteredLreluRows rows, float* source, float* target, sbyte* mask, long channels, float[]? bias) : ILaneKernel
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            FilteredLreluCall call = rows.Call;
            var memory = new float[rows.WorkSize];
            fixed (float* work = memory)
            {
                for (long i = begin; i < end; i++)
                {
                    rows.Plane<T>(
                        source + (i * call.X.Length * call.Y.Length), bias is null ? 0 : bias[i % channels],
                        target + (i * call.X.OutLength * call.Y.OutLength), mask + (mask is null ? 0 : i * call.MaskPlane), work);
                }
            }
        }
    }
}
