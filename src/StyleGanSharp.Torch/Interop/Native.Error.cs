using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    internal const int Ok = 0;
    internal const int OutOfMemory = 2;

    [LibraryImport(Library, EntryPoint = "sg_abi_version")]
    internal static partial int GetAbiVersion();

    [LibraryImport(Library, EntryPoint = "sg_torch_version")]
    private static partial byte* sg_torch_version();

    [LibraryImport(Library, EntryPoint = "sg_last_error")]
    private static partial byte* sg_last_error();

    [LibraryImport(Library, EntryPoint = "sg_set_error", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void SetError(string? text);

    internal static string TorchVersion() => Marshal.PtrToStringUTF8((nint)sg_torch_version())!;

    private static string LastError() => Marshal.PtrToStringUTF8((nint)sg_last_error())!;
}
