using StyleGanSharp.Training.Distributed;

namespace StyleGanSharp.Cli;

/// <summary>Exit codes of the program.</summary>
public enum ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    Done = 0,

    /// <summary>Something failed while running: a full disk, exhausted memory.</summary>
    Failed = 1,

    /// <summary>The input is wrong: options, files.</summary>
    WrongInput = WorkerProtocol.WrongInput,

    /// <summary>Ctrl-C.</summary>
    Interrupted = WorkerProtocol.Interrupted,

    /// <summary>Asked to end by the system (SIGTERM).</summary>
    Terminated = WorkerProtocol.Terminated,
}
