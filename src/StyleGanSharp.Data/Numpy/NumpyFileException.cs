namespace StyleGanSharp.Data.Numpy;

/// <summary>
/// A .npy or .npz file could not be read or written. The message is one sentence that names the file and the cause.
/// </summary>
public sealed class NumpyFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The file (or other name) it is about.</param>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The cause, if another exception was it.</param>
    public NumpyFileException(string? path, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Path = path;
    }

    /// <summary>The file (or other name) it is about.</summary>
    public string? Path { get; }
}
