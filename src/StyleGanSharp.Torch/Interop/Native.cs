namespace StyleGanSharp.Torch.Interop;

/// <summary>
/// The shim's exports, one partial file per area, mirroring <c>native/src</c>. Raw imports are private, wrappers check.
/// </summary>
internal static unsafe partial class Native
{
    /// <summary>The library's base name; <see cref="NativeLoader"/> finds the file.</summary>
    internal const string Library = "stylegan_torch";

    /// <summary>The interface version these imports were written for (<c>SG_ABI_VERSION</c>).</summary>
    internal const int AbiVersion = 6;

    static Native() => NativeLoader.Initialize();

    /// <summary>Throws for a status other than success, with the shim's own text.</summary>
    internal static void Check(int status)
    {
        if (status != Ok)
        {
            throw CreateException(status);
        }
    }

    /// <summary>
    /// The exception for a failed call, with what a callback threw as inner one; to be made before any other call.
    /// </summary>
    /// <param name="status">The call's status.</param>
    /// <param name="describe">Puts names and operands before the shim's text.</param>
    internal static TorchException CreateException(int status, Func<string, string>? describe = null)
    {
        string text = LastError();
        Exception? cause = TakeFailure();
        string message = describe is null ? text : describe(text);
        return status == OutOfMemory ? new TorchOutOfMemoryException(message, cause) : new TorchException(message, cause);
    }
}
