namespace StyleGanSharp.Torch.IO;

/// <summary>A file is no safetensors file, or a damaged one.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What is wrong with it, as the end of a sentence.</param>
public sealed class SafetensorsException(string path, string problem)
    : Exception($"{path} is not a valid safetensors file: {problem}.")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
