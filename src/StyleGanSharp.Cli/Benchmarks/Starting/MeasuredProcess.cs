using System.Diagnostics;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Cli.Benchmarks.Starting;

/// <summary>One run of this program, timed from outside.</summary>
/// <param name="Seconds">From starting the process to its end.</param>
/// <param name="PeakBytes">Its peak of memory as it was last seen; 0: the system does not tell.</param>
internal readonly record struct MeasuredProcess(double Seconds, long PeakBytes)
{
    // The system forgets the peak with the process, so it is asked while the process runs.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="RunException">It failed.</exception>
    internal static MeasuredProcess Run(IEnumerable<string> arguments, CancellationToken cancel)
    {
        ProcessStartInfo start = OwnProgram.Info(arguments);
        start.RedirectStandardError = true;
        var watch = Stopwatch.StartNew();
        using Process process = OwnProgram.Start(start);
        using CancellationTokenRegistration stop = cancel.Register(() => OwnProgram.Kill(process));
        Task<string> results = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> messages = process.StandardError.ReadToEndAsync(CancellationToken.None);
        long peak = 0;
        while (!process.WaitForExit(Glance))
        {
            peak = Math.Max(peak, Peak(process));
        }

        double seconds = watch.Elapsed.TotalSeconds;
        results.GetAwaiter().GetResult();
        string last = messages.GetAwaiter().GetResult().TrimEnd().Split('\n')[^1];
        cancel.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? new MeasuredProcess(seconds, peak)
            : throw new RunException(
                $"The measured '{string.Join(' ', arguments)}' ended with exit code {process.ExitCode}: {last}")
            {
                WhileRunning =
                    true
            };
    }

    private static long Peak(Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited ? 0 : process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0; // It ended between the two questions.
        }
    }
}
