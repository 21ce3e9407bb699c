using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    private static partial int sg_generator_create(int deviceType, int deviceIndex, ulong seed, out nint result);

    [LibraryImport(Library, EntryPoint = "sg_generator_free")]
    internal static partial void GeneratorFree(nint generator);

    [LibraryImport(Library)]
    private static partial int sg_generator_get_state(GeneratorHandle generator, out nint result);

    [LibraryImport(Library)]
    private static partial int sg_generator_set_state(GeneratorHandle generator, TensorHandle state);

    internal static nint GeneratorCreate(Device device, ulong seed)
    {
        Check(sg_generator_create((int)device.Type, device.Index, seed, out nint result));
        return result;
    }

    internal static nint GeneratorGetState(GeneratorHandle generator)
    {
        Check(sg_generator_get_state(generator, out nint result));
        return result;
    }

    internal static void GeneratorSetState(GeneratorHandle generator, TensorHandle state) =>
        Check(sg_generator_set_state(generator, state));
}
