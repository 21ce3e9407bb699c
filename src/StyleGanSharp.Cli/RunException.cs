namespace StyleGanSharp.Cli;

/// <summary>Something outside the program failed or is missing; the message is the sentence shown to the user.</summary>
/// <param name="message">What failed, and what to do.</param>
public sealed class RunException(string message) : Exception(message);
