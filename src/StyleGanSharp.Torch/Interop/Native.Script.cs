using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    private static partial int sg_module_load(byte* data, long length, out nint result);

    [LibraryImport(Library, EntryPoint = "sg_module_free")]
    internal static partial void ModuleFree(nint module);

    [LibraryImport(Library)]
    private static partial int sg_module_to(ScriptHandle module, int deviceType, int deviceIndex);

    [LibraryImport(Library, EntryPoint = "sg_module_call", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ModuleCall(
        ScriptHandle module, TensorHandle input, string[] names, byte[] values, long count, out nint result);

    internal static nint ModuleLoad(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* data = bytes)
        {
            Check(sg_module_load(data, bytes.Length, out nint result));
            return result;
        }
    }

    internal static void ModuleTo(ScriptHandle module, Device device) =>
        Check(sg_module_to(module, (int)device.Type, device.Index));
}
