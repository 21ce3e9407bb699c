namespace StyleGanSharp.Networks.Features;

/// <summary>
/// A file of a feature network cannot be used; the message is one sentence for the user and begins with the file.
/// </summary>
/// <param name="message">Which file, what is wrong with it, and what is needed.</param>
/// <param name="inner">The cause.</param>
public sealed class FeatureException(string message, Exception? inner = null) : Exception(message, inner);
