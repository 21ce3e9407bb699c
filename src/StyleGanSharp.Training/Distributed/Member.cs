using System.Globalization;

namespace StyleGanSharp.Training.Distributed;

/// <summary>A process of the training, as others call it.</summary>
/// <param name="Rank">Its number.</param>
/// <param name="Size">How many processes it was told there are.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Process">Its number on that machine.</param>
public sealed record Member(int Rank, int Size, string Host, int Process)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"rank {Rank} (process {Process} on {Host})");
}
