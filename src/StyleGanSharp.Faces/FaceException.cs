namespace StyleGanSharp.Faces;

/// <summary>A face network cannot be loaded. The message is one sentence that names the file and the cause.</summary>
/// <param name="message">The sentence.</param>
/// <param name="innerException">The cause, if another exception was it.</param>
public sealed class FaceException(string message, Exception? innerException = null) : Exception(message, innerException);
