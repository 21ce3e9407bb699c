using System.Globalization;

namespace StyleGanSharp.Testing;

/// <summary>Memory of this process, for tests that look for leaks of native memory.</summary>
public static class ProcessMemory
{
    /// <summary>
    /// Resident bytes without the heap of .NET: that grows once to the size at which the collector runs, some 50 MB, whatever is
    /// allocated in it.
    /// </summary>
    public static long NativeResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return ResidentBytes() - GC.GetGCMemoryInfo().TotalCommittedBytes;
    }

    /// <summary>Resident bytes of the process as the system counts them.</summary>
    public static long ResidentBytes()
    {
        if (!File.Exists("/proc/self/status"))
        {
            return Environment.WorkingSet;
        }

        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(
            line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
