namespace StyleGanSharp.Training.Runs;

/// <summary>A run that cannot begin, continue or go on; the message is one sentence for the user.</summary>
/// <param name="message">What, where, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class RunException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the run failed on its way, not for what it was given.</summary>
    public bool WhileRunning { get; init; }
}
