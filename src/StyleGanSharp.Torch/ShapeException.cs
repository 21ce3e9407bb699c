namespace StyleGanSharp.Torch;

/// <summary>A tensor's shape differs from what the operation was built for.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Creates the exception with a message that holds the expected and the actual shape.</summary>
    public ShapeException(string message, string argument)
        : base(message, argument)
    {
    }
}
