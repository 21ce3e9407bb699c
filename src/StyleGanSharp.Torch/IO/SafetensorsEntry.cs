namespace StyleGanSharp.Torch.IO;

/// <summary>A tensor of a safetensors file as its header describes it.</summary>
/// <param name="Name">Name, unique in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, at most 16; their product fits the bytes that the file has for it.</param>
public sealed record SafetensorsEntry(string Name, DType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Where its elements begin, in bytes after the header.</summary>
    internal long Begin { get; init; }

    /// <summary>Where they end.</summary>
    internal long End { get; init; }
}
