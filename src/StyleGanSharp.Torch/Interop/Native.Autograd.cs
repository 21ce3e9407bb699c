using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    private static partial int sg_grad_enabled();

    [LibraryImport(Library)]
    private static partial void sg_set_grad_enabled(int enabled);

    [LibraryImport(Library)]
    private static partial int sg_tensor_requires_grad(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    private static partial int sg_tensor_set_requires_grad(TensorHandle tensor, int value);

    [LibraryImport(Library)]
    private static partial int sg_tensor_grad(TensorHandle tensor, out nint result);

    [LibraryImport(Library)]
    private static partial int sg_tensor_set_grad(TensorHandle tensor, TensorHandle grad);

    [LibraryImport(Library)]
    private static partial int sg_grad(
        nint* outputs, long outputCount, nint* inputs, long inputCount, nint* gradOutputs, int retainGraph, int createGraph,
        int allowUnused, nint* results);

    [LibraryImport(Library)]
    private static partial int sg_backward(TensorHandle tensor, TensorHandle gradient, int retainGraph, int createGraph);

    internal static bool GradEnabled
    {
        get => sg_grad_enabled() != 0;
        set => sg_set_grad_enabled(value ? 1 : 0);
    }

    internal static bool TensorRequiresGrad(TensorHandle tensor)
    {
        Check(sg_tensor_requires_grad(tensor, out int result));
        return result != 0;
    }

    internal static void TensorSetRequiresGrad(TensorHandle tensor, bool value) =>
        Check(sg_tensor_set_requires_grad(tensor, value ? 1 : 0));

    internal static nint TensorGrad(TensorHandle tensor)
    {
        Check(sg_tensor_grad(tensor, out nint result));
        return result;
    }

    internal static void TensorSetGrad(TensorHandle tensor, TensorHandle grad) => Check(sg_tensor_set_grad(tensor, grad));

    internal static void Grad(
        HandleArray outputs, HandleArray inputs, HandleArray gradOutputs, bool retainGraph, bool createGraph, bool allowUnused,
        Span<nint> results)
    {
        fixed (nint* resultPointer = results)
        {
            Check(sg_grad(
                outputs.Pointer, outputs.Length, inputs.Pointer, inputs.Length, gradOutputs.Length == 0
                    ? null : gradOutputs.Pointer,
                retainGraph ? 1 : 0, createGraph ? 1 : 0, allowUnused ? 1 : 0, resultPointer));
        }
    }

    internal static void Backward(TensorHandle tensor, TensorHandle gradient, bool retainGraph, bool createGraph) =>
        Check(sg_backward(tensor, gradient, retainGraph ? 1 : 0, createGraph ? 1 : 0));
}
