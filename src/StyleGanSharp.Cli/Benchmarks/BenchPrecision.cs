using StyleGanSharp.Generation.Models;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>The precisions that rows are measured with.</summary>
internal static class BenchPrecision
{
    /// <summary>The asked one, or float32 and, where it is used, fast.</summary>
    /// <param name="asked">Null: whatever is of use here.</param>
    /// <param name="device">Where to measure.</param>
    /// <param name="reduces">Whether the row's networks have a faster form.</param>
    /// <param name="isTraining">Whether the row trains.</param>
    /// <exception cref="UserException">This machine does not support the requested precision.</exception>
    internal static Precision[] Of(Precision? asked, Device device, bool reduces = true, bool isTraining = false)
    {
        if (asked is Precision one)
        {
            ConsoleModels.RequirePrecision(one, device, isTraining: isTraining);
            return [one];
        }

        return reduces && PrecisionSupport.Obstacle(Precision.Fast, device, isTraining: isTraining) is null
            ? [Precision.Float32, Precision.Fast]
            : [Precision.Float32];
    }
}
