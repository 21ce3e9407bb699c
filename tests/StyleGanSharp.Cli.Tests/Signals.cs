using System.Runtime.InteropServices;

namespace StyleGanSharp.Cli.Tests;

/// <summary>Signals to processes that a test started.</summary>
internal static partial class Signals
{
    internal const int Interrupt = 2;
    internal const int Terminate = 15;

    /// <summary>
    /// Whether this process ignores a signal, as jobs that a script starts in the background do; its children inherit that.
    /// </summary>
    internal static bool IsIgnored(int signal)
    {
        // The mask of ignored signals; .NET leaves an inherited one as it is.
        string? line = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))
            : null;
        return line is not null && (Convert.ToUInt64(line["SigIgn:".Length..].Trim(), 16) >> (signal - 1) & 1) != 0;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Send(int process, int signal);
}
