namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>A snapshot file cannot be read; the message is one sentence for the user and names the file.</summary>
public sealed class SnapshotException : Exception
{
    /// <summary>Describes what is wrong with a file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="message">What is wrong, one sentence.</param>
    /// <param name="inner">The cause.</param>
    public SnapshotException(string path, string message, Exception? inner = null)
        : base($"{path}: {message}", inner)
    {
        Path = path;
        Problem = message;
    }

    /// <summary>What is wrong, without the file.</summary>
    public string Problem { get; }

    /// <summary>The file as the user named it.</summary>
    public string Path { get; }
}
