namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>A tensor of a network without its numbers.</summary>
/// <param name="Name">Full name, for example "synthesis.b4.conv1.weight".</param>
/// <param name="Kind">Parameter or buffer.</param>
/// <param name="Element">Number format.</param>
/// <param name="Shape">Sizes; empty for a single number.</param>
public sealed record TensorSummary(string Name, TensorKind Kind, ElementType Element, IReadOnlyList<long> Shape)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => product * extent);
}
