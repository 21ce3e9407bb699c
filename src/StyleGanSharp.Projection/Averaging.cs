using StyleGanSharp.Torch;

namespace StyleGanSharp.Projection;

/// <summary>Smaller images by averaging.</summary>
internal static class Averaging
{
    private static readonly Operator AdaptiveAverage = new("aten::adaptive_avg_pool2d");

    /// <summary>Averages areas so that the longer side is at most <paramref name="side"/>; smaller images stay.</summary>
    internal static Tensor Limit(Tensor x, long side)
    {
        long longer = Math.Max(x.Size(2), x.Size(3));
        long Scaled(long size) => Math.Max(1, size * side / longer);
        return longer <= side ? x : AdaptiveAverage.Call(x, new[] { Scaled(x.Size(2)), Scaled(x.Size(3)) });
    }
}
