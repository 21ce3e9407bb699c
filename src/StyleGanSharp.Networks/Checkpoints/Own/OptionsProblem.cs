namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>
/// Stored options are not those of a record; the message completes "the options of the network cannot be read".
/// </summary>
internal sealed class OptionsProblem(string message) : Exception(message);
