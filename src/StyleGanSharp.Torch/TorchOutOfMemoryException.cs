namespace StyleGanSharp.Torch;

/// <summary>Host or device memory is exhausted; the caller may try again with a smaller batch.</summary>
public sealed class TorchOutOfMemoryException : TorchException
{
    /// <summary>Creates the exception with libtorch's own account of what was asked for.</summary>
    public TorchOutOfMemoryException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception for memory exhausted inside a callback; null: there was none.</summary>
    public TorchOutOfMemoryException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
