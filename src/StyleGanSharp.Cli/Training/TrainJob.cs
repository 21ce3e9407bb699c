using System.Diagnostics;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Sessions;

namespace StyleGanSharp.Cli.Training;

/// <summary>Carries out <c>train</c>.</summary>
internal static class TrainJob
{
    /// <summary>Prints the resolved options.</summary>
    internal static void Print(TrainingSessionOptions options, CommandOutput output, CancellationToken cancel) =>
        output.Results.WriteLine(OptionsText.Of(TrainingSession.Resolve(options, new TrainReport(output), cancel)));

    /// <summary>Trains until the end of the run.</summary>
    /// <param name="options">What to train.</param>
    /// <param name="arguments">The arguments of this program, for workers.</param>
    /// <param name="output">Takes lines and warnings.</param>
    /// <param name="cancel">Saves and ends.</param>
    internal static void Run(
        TrainingSessionOptions options, IReadOnlyList<string> arguments, CommandOutput output, CancellationToken cancel)
    {
        var processes = new SessionProcesses
        {
            Place = WorldEnvironment.Read(Environment.GetEnvironmentVariable),
            Program = () => OwnProgram(arguments),
            GiveUp = message => Worker.GiveUp(output, message),
            Explain = e => Failure.Explain(e).Message,
        };
        using CancellationTokenSource end = Worker.EndWithLauncher(cancel);
        using var session = TrainingSession.Start(options, new TrainReport(output), processes, end.Token);
        if (session.Completion.GetAwaiter().GetResult() == RunOutcome.Interrupted)
        {
            throw new OperationCanceledException();
        }
    }

    private static ProcessStartInfo OwnProgram(IReadOnlyList<string> arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "stylegan.exe" : "stylegan");
        var start = new ProcessStartInfo(File.Exists(program) ? program : Environment.ProcessPath!);
        string[] own = File.Exists(program) ? [] : [Path.Combine(AppContext.BaseDirectory, "stylegan.dll")];
        foreach (string argument in own.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
