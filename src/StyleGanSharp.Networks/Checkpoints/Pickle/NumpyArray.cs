using System.Buffers.Binary;
using StyleGanSharp.Networks.Checkpoints.PyTorch;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>A NumPy array as found in a pickle: number format, shape and a slice of the file.</summary>
public sealed class NumpyArray : IPickleBuildable
{
    private const int MaxDimensions = 32;

    private long[] shape = [0];

    internal NumpyArray()
    {
    }

    /// <summary>The number format.</summary>
    public ElementType Element { get; private set; } = ElementType.Float32;

    /// <summary>Whether <see cref="Data"/> holds big-endian numbers.</summary>
    public bool BigEndian { get; private set; }

    /// <summary>Whether <see cref="Data"/> is in Fortran order (first index fastest).</summary>
    public bool FortranOrder { get; private set; }

    /// <summary>The sizes, at most 32 of them; empty for a single number.</summary>
    public IReadOnlyList<long> Shape => shape;

    /// <summary>The bytes as stored: exactly element count times element size.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    /// <summary>Number of elements.</summary>
    public int Count => Data.Length / Element.Size();

    /// <summary>The elements as little-endian bytes in C order (last index fastest), a new array.</summary>
    public byte[] ToRowMajorBytes()
    {
        int size = Element.Size();
        long[] strides = new long[shape.Length];
        long stride = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            int axis = FortranOrder ? i : shape.Length - 1 - i;
            strides[axis] = stride;
            stride *= shape[axis];
        }

        byte[] bytes = StridedCopy.ToRowMajor(Data.Span, 0, shape, strides, size);
        for (int i = 0; BigEndian && i < bytes.Length; i += size)
        {
            bytes.AsSpan(i, size).Reverse();
        }

        return bytes;
    }

    /// <summary>The elements in C order as real numbers, a new array.</summary>
    public double[] ToDoubles()
    {
        byte[] bytes = ToRowMajorBytes();
        int size = Element.Size();
        double[] result = new double[bytes.Length / size];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Element.ToDouble(bytes.AsSpan(i * size, size));
        }

        return result;
    }

    /// <summary>A single number as an array without dimensions, float32 where that is exact.</summary>
    internal static NumpyArray Scalar(double value)
    {
        bool exact = double.IsNaN(value) || (float)value == value;
        byte[] bytes = new byte[exact ? sizeof(float) : sizeof(double)];
        if (exact)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        }

        return new NumpyArray { shape = [], Element = exact ? ElementType.Float32 : ElementType.Float64, Data = bytes };
    }

    /// <summary>State (version, shape, dtype, Fortran order, data) of numpy.ndarray.__reduce__.</summary>
    void IPickleBuildable.Build(object? state, PickleContext context)
    {
        if (state is not PickleTuple { Count: 5 } parts
            || parts[1] is not PickleTuple sizes
            || parts[2] is not NumpyDtype dtype
            || parts[3] is not (bool or long))
        {
            throw new PickleException("The state of a NumPy array is not (version, shape, format, order, data)", context.Offset);
        }

        Fill(sizes, dtype, parts[3] is true or (long)1, parts[4], context);
    }

    internal void Fill(PickleTuple sizes, NumpyDtype dtype, bool fortran, object? data, PickleContext context)
    {
        ReadOnlyMemory<byte> bytes = NumpyClasses.Bytes(data)
            ?? throw new PickleException($"The data of a NumPy array is a {PickleText.KindOf(data)}, not bytes", context.Offset);
        if (data is string text)
        {
            context.Budget.SpendText(text.Length, context.Offset);
        }

        if (sizes.Count > MaxDimensions)
        {
            throw new PickleException($"A NumPy array has {sizes.Count} dimensions", context.Offset);
        }

        // The product is compared with what is there at each step, so it cannot overflow; a zero size ends it at zero.
        long[] extents = new long[sizes.Count];
        Int128 count = 1;
        for (int i = 0; i < extents.Length; i++)
        {
            extents[i] = sizes[i] is long extent and >= 0 and <= int.MaxValue
                ? extent
                : throw new PickleException("A NumPy array has a size that is negative or absurd", context.Offset);
            count = Int128.Min(count * extents[i], long.MaxValue);
        }

        if (count * dtype.Element.Size() != bytes.Length)
        {
            throw new PickleException(
                $"A NumPy array of shape [{string.Join(", ", extents)}] comes with {bytes.Length} bytes of data", context.Offset);
        }

        (shape, Element, BigEndian, FortranOrder, Data) = (extents, dtype.Element, dtype.BigEndian, fortran, bytes);
    }
}
