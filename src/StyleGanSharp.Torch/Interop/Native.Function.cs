using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    private static partial int sg_function_apply(
        delegate* unmanaged<nint, nint, int, nint*, long, nint*, long, int> callback, delegate* unmanaged<nint, void> release,
        nint state, nint* inputs, long inputCount, nint* outputs, long outputCount);

    [LibraryImport(Library)]
    private static partial int sg_function_save(nint context, nint* tensors, long count);

    [LibraryImport(Library)]
    private static partial int sg_function_saved(nint context, nint* tensors, long count);

    [LibraryImport(Library)]
    private static partial int sg_function_needs(nint context, long input);

    internal static bool FunctionNeeds(nint context, long input) => sg_function_needs(context, input) != 0;

    internal static int FunctionApply(
        delegate* unmanaged<nint, nint, int, nint*, long, nint*, long, int> callback, delegate* unmanaged<nint, void> release,
        nint state, HandleArray inputs, Span<nint> outputs)
    {
        fixed (nint* outputPointer = outputs)
        {
            return sg_function_apply(callback, release, state, inputs.Pointer, inputs.Length, outputPointer, outputs.Length);
        }
    }

    internal static void FunctionSave(nint context, HandleArray tensors) =>
        Check(sg_function_save(context, tensors.Pointer, tensors.Length));

    internal static void FunctionSaved(nint context, Span<nint> tensors)
    {
        fixed (nint* pointer = tensors)
        {
            Check(sg_function_saved(context, pointer, tensors.Length));
        }
    }
}
