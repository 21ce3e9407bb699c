using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace StyleGanSharp.Cli;

/// <summary>
/// Ends the process without the destructors of native libraries: libtorch takes a tenth of a second to unregister its operators one by one.
/// </summary>
internal static partial class QuickExit
{
    /// <summary>Ends the process; all files are closed and all work is done by then.</summary>
    /// <param name="code">The exit code.</param>
    /// <returns>The same, where the system has no such call.</returns>
    internal static int With(int code)
    {
        Console.Out.Flush();
        Console.Error.Flush();
        if (!OperatingSystem.IsWindows())
        {
            _exit(code);
        }

        return code;
    }

    [DoesNotReturn]
    [LibraryImport("libc")]
    private static partial void _exit(int code);
}
