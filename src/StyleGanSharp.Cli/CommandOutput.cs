namespace StyleGanSharp.Cli;

/// <summary>Where a command writes: results for programs to one stream, everything else to the other.</summary>
/// <param name="results">Standard output.</param>
/// <param name="messages">Standard error.</param>
/// <param name="isTerminal">Whether somebody watches the messages: shows progress bars.</param>
public sealed class CommandOutput(TextWriter results, TextWriter messages, bool isTerminal)
{
    /// <summary>For results that other programs may read.</summary>
    public TextWriter Results { get; } = results;

    /// <summary>For everything else.</summary>
    public TextWriter Messages { get; } = messages;

    /// <summary>Whether somebody watches the messages.</summary>
    public bool IsTerminal { get; } = isTerminal;

    /// <summary>Says a sentence.</summary>
    public void Say(string message) => Messages.WriteLine(message);

    /// <summary>Says why the command ends, and gives its exit code.</summary>
    public int Fail(ExitCode code, string message)
    {
        Messages.WriteLine(code is ExitCode.Interrupted or ExitCode.Terminated ? message : $"stylegan: {message}");
        return (int)code;
    }
}
