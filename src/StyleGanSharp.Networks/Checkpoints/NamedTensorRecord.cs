namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>A tensor of a network under its full name.</summary>
/// <param name="Name">Module names joined by dots, for example "synthesis.b4.conv1.weight".</param>
/// <param name="Kind">Parameter or buffer.</param>
/// <param name="Tensor">The numbers.</param>
public sealed record NamedTensorRecord(string Name, TensorKind Kind, TensorRecord Tensor);
