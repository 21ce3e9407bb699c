namespace StyleGanSharp.Data.Images;

/// <summary>An image could not be read or written. The message is one sentence that names the file and the cause.</summary>
public sealed class ImageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The file (or other name) it is about; null when it is about no single file.</param>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The cause, if another exception was it.</param>
    public ImageException(string? path, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Path = path;
    }

    /// <summary>The file (or other name) it is about; null when it is about no single file.</summary>
    public string? Path { get; }
}
