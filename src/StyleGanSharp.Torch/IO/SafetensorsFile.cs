namespace StyleGanSharp.Torch.IO;

/// <summary>The contents of a safetensors file; owns its tensors.</summary>
/// <param name="tensors">Tensors by name, in file order.</param>
/// <param name="metadata">Texts by name.</param>
public sealed class SafetensorsFile(
    IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata) : IDisposable
{
    /// <summary>Tensors by name, on the CPU.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; } = tensors;

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = metadata;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
