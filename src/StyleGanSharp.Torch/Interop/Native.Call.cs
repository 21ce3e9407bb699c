using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sg_operator_find(string name, string overload, out nint result);

    [LibraryImport(Library)]
    private static partial int sg_operator_schema(nint op, out nint result);

    [LibraryImport(Library, EntryPoint = "sg_operator_call")]
    internal static partial int OperatorCall(
        nint op, NativeValue* arguments, long argumentCount, NativeValue* results, long capacity, out long count);

    [LibraryImport(Library, EntryPoint = "sg_free")]
    internal static partial void Free(nint memory);

    internal static nint OperatorFind(string name, string overload)
    {
        Check(sg_operator_find(name, overload, out nint result));
        return result;
    }

    internal static string OperatorSchema(nint op)
    {
        Check(sg_operator_schema(op, out nint text));
        return TakeText(text);
    }

    /// <summary>Copies a string that the shim allocated and frees it.</summary>
    internal static string TakeText(nint text)
    {
        string copy = Marshal.PtrToStringUTF8(text)!;
        Free(text);
        return copy;
    }
}
