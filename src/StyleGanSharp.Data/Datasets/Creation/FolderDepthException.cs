namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>
/// Folders are to be classes, but which ones has to be said: at the first depth there is one only, or they are parts of a set.
/// </summary>
/// <param name="path">The source.</param>
/// <param name="message">One sentence.</param>
/// <param name="choices">Depths at which every image lies in a folder, and the names of these.</param>
public sealed class FolderDepthException(
    string path, string message, IReadOnlyList<(int Depth, IReadOnlyList<string> Folders)> choices)
    : DatasetException(path, message)
{
    /// <summary>Depths, 1 being the outermost folder, with the folders that would be the classes.</summary>
    public IReadOnlyList<(int Depth, IReadOnlyList<string> Folders)> Choices { get; } = choices;
}
