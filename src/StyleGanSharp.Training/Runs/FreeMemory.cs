using System.Globalization;

namespace StyleGanSharp.Training.Runs;

/// <summary>Main memory that this process could still take.</summary>
internal static class FreeMemory
{
    /// <summary>Bytes: what the system has to give, or what the process's limit leaves, whichever is less.</summary>
    internal static long Bytes()
    {
        // .NET knows the limits of containers; what other processes hold is in /proc.
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return Math.Min(limit, Available() ?? limit);
    }

    private static long? Available()
    {
        const string File = "/proc/meminfo";
        try
        {
            string? line = System.IO.File.Exists(File)
                ? System.IO.File.ReadLines(File).FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal))
                : null;
            string? number = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
            return long.TryParse(number, CultureInfo.InvariantCulture, out long kilobytes) ? kilobytes * 1024 : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
