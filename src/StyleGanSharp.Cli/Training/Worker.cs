using System.Diagnostics;
using StyleGanSharp.Training.Distributed;

namespace StyleGanSharp.Cli.Training;

/// <summary>What a process that trains together with others does differently.</summary>
internal static class Worker
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(3);

    /// <summary>Whether this process was started by a session of several processes.</summary>
    internal static bool IsOne => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(WorldEnvironment.LauncherVariable));

    /// <summary>A worker ends when its launcher asks it to, or is gone: both end its standard input.</summary>
    internal static CancellationTokenSource EndWithLauncher(CancellationToken cancel)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (IsOne)
        {
            var reader = new Thread(() =>
            {
                try
                {
                    using Stream input = Console.OpenStandardInput();
                    while (input.ReadByte() >= 0)
                    {
                        // Nothing is said this way but its end.
                    }

                    end.Cancel();
                }
                catch (Exception e) when (e is IOException or ObjectDisposedException)
                {
                    // The process ends.
                }
            })
            {
                IsBackground = true,
                Name = "end of the launcher",
            };
            reader.Start();
        }

        return end;
    }

    /// <summary>Ends this process, whatever its threads are in.</summary>
    internal static void GiveUp(CommandOutput output, string message)
    {
        output.Fail(ExitCode.Failed,
            $"{message}; the run ends. Its last saved state is kept: repeat the command to continue from there.");
        var exit = new Thread(() => Environment.Exit((int)ExitCode.Failed)) { IsBackground = true };
        exit.Start();
        if (!exit.Join(ExitPatience))
        {
            Process.GetCurrentProcess().Kill();
        }
    }
}
