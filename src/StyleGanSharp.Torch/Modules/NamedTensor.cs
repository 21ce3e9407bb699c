namespace StyleGanSharp.Torch.Modules;

/// <summary>A parameter or buffer under its full name, e.g. <c>synthesis.b4.conv1.weight</c>.</summary>
/// <param name="Name">Names of the modules and of the tensor, joined by dots.</param>
/// <param name="Value">The tensor itself, owned by its module.</param>
public readonly record struct NamedTensor(string Name, Tensor Value);
