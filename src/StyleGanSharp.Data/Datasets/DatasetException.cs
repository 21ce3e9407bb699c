namespace StyleGanSharp.Data.Datasets;

/// <summary>A data set could not be read or made. The message is one sentence that names the place and the way out.</summary>
public class DatasetException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The data set, or the file in it.</param>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The cause, if another exception was it.</param>
    public DatasetException(string? path, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Path = path;
    }

    /// <summary>The data set, or the file in it.</summary>
    public string? Path { get; }
}
