namespace StyleGanSharp.Torch.Scripting;

/// <summary>A file is no TorchScript module, a damaged one, or its module refused a call; the message is one sentence.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What is wrong with it, as the rest of a sentence that begins with the file.</param>
/// <param name="inner">What libtorch said, where it was asked.</param>
public sealed class ScriptModuleException(string path, string problem, Exception? inner = null)
    : Exception($"{path} {problem}.", inner)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
