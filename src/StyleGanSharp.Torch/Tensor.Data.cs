using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch;

/// <content>Creation, and the way of elements in and out.</content>
public sealed unsafe partial class Tensor
{
    /// <summary>A tensor of the given shape with unspecified elements.</summary>
    public static Tensor Empty(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null) =>
        Aten.Empty.Call(shape.ToArray(), dtype, Argument.None, device ?? Device.Cpu);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null) =>
        Aten.Zeros.Call(shape.ToArray(), dtype, Argument.None, device ?? Device.Cpu);

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null) =>
        Aten.Ones.Call(shape.ToArray(), dtype, Argument.None, device ?? Device.Cpu);

    /// <summary>A tensor with one value everywhere.</summary>
    public static Tensor Full(ReadOnlySpan<long> shape, double value, DType dtype = DType.Float32, Device? device = null) =>
        Aten.Full.Call(shape.ToArray(), value, dtype, Argument.None, device ?? Device.Cpu);

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor Scalar(double value, DType dtype = DType.Float32, Device? device = null) =>
        Full([], value, dtype, device);

    /// <summary>The numbers 0, 1, ... count-1, [count].</summary>
    public static Tensor Arange(long count, DType dtype = DType.Float32, Device? device = null) =>
        Aten.Arange.Call(count, dtype, Argument.None, device ?? Device.Cpu);

    /// <summary>Independent draws from N(0,1), float32 or as given, made on the generator's device.</summary>
    public static Tensor RandN(
        ReadOnlySpan<long> shape, RandomGenerator generator, DType dtype = DType.Float32, Device? device = null) =>
        Aten.RandN.Call(shape.ToArray(), generator, dtype, Argument.None, device ?? Device.Cpu);

    /// <summary>Independent draws from the uniform distribution on [0,1).</summary>
    public static Tensor Rand(
        ReadOnlySpan<long> shape, RandomGenerator generator, DType dtype = DType.Float32, Device? device = null) =>
        Aten.Rand.Call(shape.ToArray(), generator, dtype, Argument.None, device ?? Device.Cpu);

    /// <summary>A tensor on the CPU with a copy of <paramref name="elements"/> in row-major order.</summary>
    /// <exception cref="ShapeException">The number of elements is not that of the shape.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (Torch.Shape.Count(shape) != elements.Length)
        {
            throw new ShapeException(
                $"{elements.Length} elements do not fill the shape {Torch.Shape.Format(shape)}", nameof(elements));
        }

        return FromBytes(MemoryMarshal.AsBytes(elements), shape, DTypes.Of<T>());
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, ReadOnlySpan{long})"/>
    public static Tensor From<T>(T[] elements, ReadOnlySpan<long> shape)
        where T : unmanaged => From((ReadOnlySpan<T>)elements, shape);

    /// <summary>A tensor on the CPU with a copy of raw elements (machine byte order) in row-major order.</summary>
    /// <exception cref="ShapeException">The number of bytes is not that of the shape.</exception>
    public static Tensor FromBytes(ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape, DType dtype)
    {
        if (checked(Torch.Shape.Count(shape) * dtype.Size()) != bytes.Length)
        {
            throw new ShapeException($"{bytes.Length} bytes do not fill {Torch.Shape.Format(shape)} of {dtype}", nameof(bytes));
        }

        Tensor tensor = Empty(shape, dtype);
        bytes.CopyTo(new Span<byte>((void*)tensor.DataPointer, bytes.Length));
        return tensor;
    }

    /// <summary>The elements themselves, in row-major order, for reading and writing.</summary>
    /// <remarks>Valid while this tensor lives; the caller keeps it alive.</remarks>
    /// <exception cref="InvalidOperationException">Not a contiguous CPU tensor, or elements of another type.</exception>
    public Span<T> AsSpan<T>()
        where T : unmanaged
    {
        // The last one: an operator called by name may have given the tensor another size behind the known shape.
        if (DTypes.Of<T>() != DType || Device.Type != DeviceType.Cpu || !IsContiguous
            || Count * DType.Size() > Interop.Native.TensorAvailableBytes(Handle))
        {
            throw new InvalidOperationException($"Elements of {this} cannot be seen as a span of {typeof(T).Name}.");
        }

        return new Span<T>((void*)DataPointer, checked((int)Count));
    }

    /// <summary>A copy of the elements in row-major order, converted to <typeparamref name="T"/>.</summary>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        using var scope = new TensorScope();
        Tensor plain = Detach().To(Device.Cpu).To(DTypes.Of<T>()).Contiguous();
        T[] elements = plain.AsSpan<T>().ToArray();
        GC.KeepAlive(plain);
        return elements;
    }

    /// <summary>A copy of the elements as bytes (machine byte order), in row-major order.</summary>
    public byte[] ToBytes()
    {
        using var scope = new TensorScope();
        Tensor plain = Detach().To(Device.Cpu).Contiguous();
        var bytes = new byte[checked(plain.Count * plain.DType.Size())];
        new ReadOnlySpan<byte>((void*)plain.DataPointer, bytes.Length).CopyTo(bytes);
        GC.KeepAlive(plain);
        return bytes;
    }

    /// <summary>
    /// The bytes of a contiguous CPU tensor themselves, from one place on and as many as a span can hold; valid while this tensor
    /// lives. Empty at the end.
    /// </summary>
    internal Span<byte> BytesFrom(long begin)
    {
        const long longest = 1 << 30;
        return new Span<byte>((byte*)DataPointer + begin, (int)Math.Min(longest, (Count * DType.Size()) - begin));
    }

    /// <summary>The only element.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one.</exception>
    public double Item() =>
        Count == 1 ? ToArray<double>()[0] : throw new InvalidOperationException($"{this} has not exactly one element.");
}
