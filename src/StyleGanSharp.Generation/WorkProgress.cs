namespace StyleGanSharp.Generation;

/// <summary>How far a piece of work has come.</summary>
/// <param name="Task">What is being done, e.g. <c>Generating</c>.</param>
/// <param name="Unit">Name of an item, in the plural.</param>
/// <param name="Done">Finished items.</param>
/// <param name="Total">All items; null: unknown.</param>
public sealed record WorkProgress(string Task, string Unit, long Done, long? Total);

/// <summary>Something outside the program failed or is missing: a server, a program, a device.</summary>
/// <param name="message">What failed, and what to do.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class GenerationException(string message, Exception? inner = null) : Exception(message, inner);
