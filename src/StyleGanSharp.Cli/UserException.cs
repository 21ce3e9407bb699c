namespace StyleGanSharp.Cli;

/// <summary>Wrong input; the message is the sentence shown to the user.</summary>
/// <param name="message">What is wrong, where, and what to do.</param>
public sealed class UserException(string message) : Exception(message);
