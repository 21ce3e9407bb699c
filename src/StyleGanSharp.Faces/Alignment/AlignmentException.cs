namespace StyleGanSharp.Faces.Alignment;

/// <summary>A face cannot be aligned or put back. The message is one sentence that names the cause and the way out.</summary>
/// <param name="message">The sentence.</param>
/// <param name="innerException">The cause, if another exception was it.</param>
public sealed class AlignmentException(string message, Exception? innerException = null) : Exception(message, innerException);
