namespace StyleGanSharp.Torch.Interop;

/// <summary>The shim's exports, one partial file per area, mirroring <c>native/src</c>. Raw imports are private, wrappers check.</summary>
internal static unsafe partial class Native
{
    /// <summary>The library's base name; <see cref="NativeLoader"/> finds the file.</summary>
    internal const string Library = "stylegan_torch";

    /// <summary>The interface version these imports were written for (<c>SG_ABI_VERSION</c>).</summary>
    internal const int AbiVersion = 1;

    static Native() => NativeLoader.Initialize();

    /// <summary>Throws for a status other than success, with the shim's own text.</summary>
    internal static void Check(int status)
    {
        if (status != Ok)
        {
            throw CreateException(status, null);
        }
    }

    /// <summary>The exception for a failed call; fetches the error text.</summary>
    internal static TorchException CreateException(int status, string? context)
    {
        string text = LastError();
        string message = context is null ? text : $"{context}: {text}";
        return status == OutOfMemory ? new TorchOutOfMemoryException(message) : new TorchException(message);
    }
}
