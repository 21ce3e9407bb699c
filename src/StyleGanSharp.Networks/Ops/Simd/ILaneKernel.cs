namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>A loop body that is written once for lanes of every width.</summary>
internal interface ILaneKernel
{
    /// <summary>Works on a part of the range that <see cref="LaneLoop.For"/> divides.</summary>
    void Part<T>(long begin, long end)
        where T : struct, ILanes<T>;
}
