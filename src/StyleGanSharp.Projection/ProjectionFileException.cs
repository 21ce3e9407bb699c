namespace StyleGanSharp.Projection;

/// <summary>A file is no saved projection or tuned model, is damaged, or belongs to something else.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What is wrong with it and what to do, as the end of a sentence.</param>
public sealed class ProjectionFileException(string path, string problem) : Exception($"{path} {problem}.")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
