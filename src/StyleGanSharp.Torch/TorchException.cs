namespace StyleGanSharp.Torch;

/// <summary>libtorch or the shim refused: wrong shapes or types, a missing operator, a library that cannot be loaded.</summary>
public class TorchException : Exception
{
    /// <summary>Creates the exception with a message that names the operator and its operands.</summary>
    public TorchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception for a failure inside a callback; null: there was none.</summary>
    public TorchException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
