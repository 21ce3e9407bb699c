using System.Diagnostics;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>This program as a process of its own: every one has its own peak of memory and its own start.</summary>
internal static class OwnProgram
{
    /// <summary>How to start it; its standard output is read, its messages go where this process's go.</summary>
    internal static ProcessStartInfo Info(params IEnumerable<string> arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "stylegan.exe" : "stylegan");
        var start = new ProcessStartInfo(
            File.Exists(program) ? program : Environment.ProcessPath!)
        { RedirectStandardOutput = true };
        if (!File.Exists(program) && Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "stylegan.dll"));
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>Runs it and gives what it wrote.</summary>
    /// <param name="start">From <see cref="Info"/>.</param>
    /// <param name="what">What it does, for the sentence when it fails.</param>
    /// <param name="cancel">Ends the process too.</param>
    /// <exception cref="RunException">It could not be started, or failed.</exception>
    internal static string Read(ProcessStartInfo start, string what, CancellationToken cancel)
    {
        using Process process = Start(start);
        using CancellationTokenRegistration stop = cancel.Register(() => Kill(process));
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        return process.ExitCode == 0 ? text : throw Failed(what, process.ExitCode);
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="RunException">That is not possible.</exception>
    internal static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new RunException(
                $"The measuring process {start.FileName} could not be started: {e.Message}.")
            { WhileRunning = true };
        }
    }

    /// <summary>What is said of a process that failed; its own sentence is on standard error already.</summary>
    internal static RunException Failed(string what, int exitCode) => new(exitCode == (int)ExitCode.WrongInput
        ? $"{what} was not measured: see the message above."
        : $"{what} ended with exit code {exitCode}: see the message above, and choose less with the options of "
            + $"bench where memory is short.")
    {
        WhileRunning = true,
    };

    /// <summary>Ends it, if it has not ended by itself.</summary>
    internal static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It had ended already.
        }
    }
}
