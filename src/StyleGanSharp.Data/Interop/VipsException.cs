namespace StyleGanSharp.Data.Interop;

/// <summary>A libvips call failed; the message is the library's own and not yet a sentence for users.</summary>
internal sealed class VipsException(string message) : Exception(message);
