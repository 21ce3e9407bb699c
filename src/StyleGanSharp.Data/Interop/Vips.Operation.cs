using System.Runtime.InteropServices;

namespace StyleGanSharp.Data.Interop;

/// <summary>
/// libvips: operations as objects with properties (its C functions take variable arguments, which C# cannot call).
/// </summary>
internal static unsafe partial class Vips
{
    // VipsAccess
    public const int AccessSequential = 1;

    // VipsFailOn: truncated files and damaged data are errors, warnings are not.
    public const int FailOnError = 2;

    /// <summary>Returns a new, unbuilt operation, or an invalid handle when there is none of that name.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial GObjectHandle NewOperation(string name);

    /// <summary>Runs the operation with the properties set so far. Returns 0, or -1 with an error text.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_object_build")]
    public static partial int Build(GObjectHandle operation);

    /// <summary>Drops the references that an operation holds on its own outputs; call it after reading them.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_object_unref_outputs")]
    public static partial void UnrefOutputs(GObjectHandle operation);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_blob_get_type")]
    public static partial nuint BlobType();

    /// <summary>Stores memory in a value of the blob type; a null <paramref name="free"/> leaves it with the caller.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_value_set_blob")]
    public static partial void SetBlob(GValue* value, IntPtr free, void* data, nuint length);

    /// <summary>Returns the blob's memory (still owned by the blob) and its length.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_blob_get")]
    public static partial byte* GetBlob(IntPtr blob, out nuint length);
}
