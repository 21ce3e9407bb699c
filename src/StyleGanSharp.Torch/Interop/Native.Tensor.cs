using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "sg_tensor_free")]
    internal static partial void TensorFree(nint tensor);

    [LibraryImport(Library)]
    private static partial int sg_tensor_alias(TensorHandle tensor, out nint result);

    [LibraryImport(Library)]
    private static partial int sg_tensor_dim(TensorHandle tensor, out long result);

    [LibraryImport(Library)]
    private static partial int sg_tensor_shape(TensorHandle tensor, long* sizes, long* strides);

    [LibraryImport(Library)]
    private static partial int sg_tensor_dtype(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    private static partial int sg_tensor_device(TensorHandle tensor, out int type, out int index);

    [LibraryImport(Library)]
    private static partial int sg_tensor_data(TensorHandle tensor, out nint result);

    [LibraryImport(Library)]
    private static partial int sg_tensor_available_bytes(TensorHandle tensor, out long result);

    [LibraryImport(Library)]
    private static partial int sg_tensor_is_contiguous(TensorHandle tensor, int channelsLast, out int result);

    [LibraryImport(Library)]
    private static partial int sg_tensor_version(TensorHandle tensor, out long result);

    internal static long TensorVersion(TensorHandle tensor)
    {
        Check(sg_tensor_version(tensor, out long result));
        return result;
    }

    internal static nint TensorAlias(TensorHandle tensor)
    {
        Check(sg_tensor_alias(tensor, out nint result));
        return result;
    }

    internal static int TensorDim(TensorHandle tensor)
    {
        Check(sg_tensor_dim(tensor, out long result));
        return (int)result;
    }

    internal static void TensorShape(TensorHandle tensor, Span<long> sizes, Span<long> strides)
    {
        fixed (long* sizesPointer = sizes, stridesPointer = strides)
        {
            Check(sg_tensor_shape(tensor, sizesPointer, stridesPointer));
        }
    }

    internal static DType TensorDType(TensorHandle tensor)
    {
        Check(sg_tensor_dtype(tensor, out int result));
        return (DType)result;
    }

    internal static Device TensorDevice(TensorHandle tensor)
    {
        Check(sg_tensor_device(tensor, out int type, out int index));
        return new Device((DeviceType)type, index);
    }

    internal static nint TensorData(TensorHandle tensor)
    {
        Check(sg_tensor_data(tensor, out nint result));
        return result;
    }

    internal static long TensorAvailableBytes(TensorHandle tensor)
    {
        Check(sg_tensor_available_bytes(tensor, out long result));
        return result;
    }

    internal static bool TensorIsContiguous(TensorHandle tensor, bool channelsLast)
    {
        Check(sg_tensor_is_contiguous(tensor, channelsLast ? 1 : 0, out int result));
        return result != 0;
    }
}
