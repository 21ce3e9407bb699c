namespace StyleGanSharp.Cli.Downloads;

/// <summary>A download stopped for a reason that may pass: trying again can help.</summary>
/// <param name="reason">Why, without a full stop.</param>
internal sealed class Interruption(string reason) : Exception(reason);
