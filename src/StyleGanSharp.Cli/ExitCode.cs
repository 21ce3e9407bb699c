namespace StyleGanSharp.Cli;

/// <summary>What a process says by ending.</summary>
public enum ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    Done = 0,

    /// <summary>Something failed while running: a full disk, exhausted memory.</summary>
    Failed = 1,

    /// <summary>The input is wrong: options, files.</summary>
    WrongInput = 2,

    /// <summary>Ctrl-C.</summary>
    Interrupted = 130,

    /// <summary>Asked to end by the system (SIGTERM).</summary>
    Terminated = 143,
}
