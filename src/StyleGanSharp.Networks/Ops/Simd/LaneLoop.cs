using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>Runs kernels on libtorch's threads with the lanes of <see cref="SimdWidth"/>.</summary>
internal static class LaneLoop
{
    /// <summary>Numbers that one thread takes at least; below, starting a second thread costs more than it saves.</summary>
    internal const long Grain = 1 << 14;

    /// <summary>Divides [0, count) into parts of at least <paramref name="grain"/> among the threads.</summary>
    internal static void For<TKernel>(long count, long grain, TKernel kernel)
        where TKernel : struct, ILaneKernel
    {
        Action<long, long> body = SimdWidth.Bits switch
        {
            512 => kernel.Part<Lanes512>,
            256 => kernel.Part<Lanes256>,
            _ => kernel.Part<Lanes128>,
        };
        TorchParallel.For(0, count, Math.Max(1, grain), body);
    }
}
