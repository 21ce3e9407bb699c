using System.Diagnostics;

namespace StyleGanSharp.Benchmarking;

/// <summary>The most memory that a process has had at once.</summary>
internal static class PeakMemory
{
    /// <summary>Bytes of this process so far.</summary>
    internal static long Own()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>Gigabytes (2^30 bytes) for people.</summary>
    internal static double Gigabytes(long bytes) => bytes / (double)(1 << 30);
}
