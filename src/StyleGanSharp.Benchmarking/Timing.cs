using System.Diagnostics;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Benchmarking;

/// <summary>Times work: once to warm up, then again until there are enough runs or the time is up.</summary>
internal static class Timing
{
    private const int DefaultMinRuns = 3;
    private const int MaxRuns = 30;

    /// <summary>Seconds of each run, sorted.</summary>
    /// <param name="device">Waited for before the clock is read.</param>
    /// <param name="budget">Seconds after which no further run is started.</param>
    /// <param name="work">One run; its tensors are freed after it.</param>
    /// <param name="cancel">Ends the measurement between two runs.</param>
    /// <param name="minRuns">Runs that are timed in any case.</param>
    internal static double[] Measure(
        Device device, double budget, Action work, CancellationToken cancel, int minRuns = DefaultMinRuns)
    {
        var total = Stopwatch.StartNew();
        Once(device, work);
        var runs = new List<double>();
        while (runs.Count < minRuns || (runs.Count < MaxRuns && total.Elapsed.TotalSeconds < budget))
        {
            cancel.ThrowIfCancellationRequested();
            runs.Add(Once(device, work));
        }

        return [.. runs.Order()];
    }

    private static double Once(Device device, Action work)
    {
        using var scope = new TensorScope();
        var watch = Stopwatch.StartNew();
        work();
        device.Synchronize();
        return watch.Elapsed.TotalSeconds;
    }
}
