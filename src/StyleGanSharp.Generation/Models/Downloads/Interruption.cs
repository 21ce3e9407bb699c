namespace StyleGanSharp.Generation.Models.Downloads;

/// <summary>A download stopped for a reason that may pass: trying again can help.</summary>
/// <param name="reason">Why, without a full stop.</param>
/// <param name="isUnreachable">Whether there was no connection at all, as on a machine without a way to the web.</param>
internal sealed class Interruption(string reason, bool isUnreachable = false) : Exception(reason)
{
    internal bool IsUnreachable { get; } = isUnreachable;
}
