namespace StyleGanSharp.Torch.Cuda;

/// <summary>
/// The text of one or more kernels, to be compiled as one module. Compared by identity: one object per kernel set and process.
/// </summary>
/// <param name="name">Name in messages and of cached files, e.g. <c>bias_act-float32</c>: letters, digits, '-' and '_'.</param>
/// <param name="text">CUDA C++ without includes.</param>
/// <param name="options">Options of the compiler, such as <c>--define-macro=...</c>.</param>
public sealed class CudaSource(string name, string text, params string[] options)
{
    /// <summary>Name in messages and of cached files.</summary>
    public string Name { get; } = name;

    /// <summary>CUDA C++ without includes.</summary>
    public string Text { get; } = text;

    /// <summary>Options of the compiler.</summary>
    public IReadOnlyList<string> Options { get; } = options;
}
