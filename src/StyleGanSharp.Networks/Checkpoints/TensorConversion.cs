using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>Tensors of a file as tensors to compute with.</summary>
public static class TensorConversion
{
    /// <summary>Copies a tensor of a file to the CPU, row-major, in the file's number format.</summary>
    /// <exception cref="NotSupportedException">libtorch has no such number format (unsigned 16, 32 and 64 bit).</exception>
    public static Tensor ToTensor(this TensorRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Tensor.FromBytes(record.RowMajorBytes(), [.. record.Shape], TypeOf(record.Element));
    }

    /// <inheritdoc cref="ToTensor(TensorRecord)"/>
    public static Tensor ToTensor(this NumpyArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return Tensor.FromBytes(array.ToRowMajorBytes(), [.. array.Shape], TypeOf(array.Element));
    }

    private static DType TypeOf(ElementType element) => element switch
    {
        ElementType.Bool => DType.Bool,
        ElementType.UInt8 => DType.UInt8,
        ElementType.Int8 => DType.Int8,
        ElementType.Int16 => DType.Int16,
        ElementType.Int32 => DType.Int32,
        ElementType.Int64 => DType.Int64,
        ElementType.Float16 => DType.Float16,
        ElementType.BFloat16 => DType.BFloat16,
        ElementType.Float32 => DType.Float32,
        ElementType.Float64 => DType.Float64,
        _ => throw new NotSupportedException($"Tensors of {element} are not supported."),
    };
}
