using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    internal const int Ok = 0;
    internal const int Error = 1;
    internal const int OutOfMemory = 2;

    [LibraryImport(Library, EntryPoint = "sg_abi_version")]
    internal static partial int GetAbiVersion();

    [LibraryImport(Library, EntryPoint = "sg_torch_version")]
    private static partial byte* sg_torch_version();

    [LibraryImport(Library, EntryPoint = "sg_last_error")]
    private static partial byte* sg_last_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial void sg_set_failure(string text, nint state, delegate* unmanaged<nint, void> release);

    [LibraryImport(Library)]
    private static partial nint sg_take_failure();

    internal static string TorchVersion() => Marshal.PtrToStringUTF8((nint)sg_torch_version())!;

    /// <summary>
    /// The end of a callback that caught an exception: hands it to the shim, which carries it to the failing call. Returns the
    /// status that the callback returns.
    /// </summary>
    internal static int Fail(string text, Exception exception)
    {
        sg_set_failure(text, GCHandle.ToIntPtr(GCHandle.Alloc(exception)), &ReleaseHandle);
        return exception is TorchOutOfMemoryException or OutOfMemoryException ? OutOfMemory : Error;
    }

    /// <summary>Lets go of an object that native code held.</summary>
    [UnmanagedCallersOnly]
    internal static void ReleaseHandle(nint state) => GCHandle.FromIntPtr(state).Free();

    private static Exception? TakeFailure()
    {
        nint state = sg_take_failure();
        if (state == 0)
        {
            return null;
        }

        GCHandle handle = GCHandle.FromIntPtr(state);
        var exception = (Exception)handle.Target!;
        handle.Free();
        return exception;
    }

    private static string LastError() => Marshal.PtrToStringUTF8((nint)sg_last_error())!;
}
