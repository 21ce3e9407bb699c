using System.Globalization;
using System.Runtime.InteropServices;

namespace StyleGanSharp.Data.Numpy;

/// <summary>
/// An array in memory: element type, shape, and the elements in C order and the machine's byte order. Not changed once made.
/// </summary>
public sealed class NumpyArray
{
    private readonly byte[] bytes;
    private readonly long[] shape;

    /// <summary>Takes ownership of <paramref name="bytes"/>; the caller has checked its length.</summary>
    internal NumpyArray(NumpyType type, long[] shape, byte[] bytes)
    {
        Type = type;
        this.shape = shape;
        this.bytes = bytes;
    }

    /// <summary>The element type.</summary>
    public NumpyType Type { get; }

    /// <summary>The sizes of the dimensions; empty for a scalar.</summary>
    public ReadOnlySpan<long> Shape => shape;

    /// <summary>The number of elements.</summary>
    public int Count => bytes.Length / NumpyTypes.Size(Type);

    /// <summary>The elements in C order and the machine's byte order.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Makes an array of a copy of the values.</summary>
    /// <typeparam name="T">bool, an integer of 8 to 64 bits, Half, float or double.</typeparam>
    /// <param name="values">The elements in C order.</param>
    /// <param name="shape">The sizes of the dimensions; none for a scalar.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArgumentException">The type is another, or the shape does not hold that many values.</exception>
    public static NumpyArray Create<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        NumpyType type = NumpyTypes.FromClr(typeof(T))
            ?? throw new ArgumentException($"An array cannot hold elements of type {typeof(T).Name}.", nameof(values));
        long count = 1;
        foreach (long size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            count = checked(count * size);
        }

        if (count != values.Length)
        {
            throw new ArgumentException($"The shape {Describe(shape)} holds {count} values, got {values.Length}.", nameof(shape));
        }

        return new NumpyArray(type, shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>The elements as they are stored, without a copy.</summary>
    /// <typeparam name="T">The C# type that corresponds exactly to <see cref="Type"/>.</typeparam>
    /// <returns>The elements in C order.</returns>
    /// <exception cref="InvalidOperationException">The array has another type.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        if (NumpyTypes.FromClr(typeof(T)) != Type)
        {
            throw new InvalidOperationException($"The array holds {Type}, not {typeof(T).Name}.");
        }

        return MemoryMarshal.Cast<byte, T>(bytes);
    }

    /// <summary>
    /// The elements as float32, rounded to nearest where the type holds more digits; false and true are 0 and 1.
    /// </summary>
    /// <returns>A new array in C order.</returns>
    public float[] ToSingles() => Type switch
    {
        NumpyType.Float32 => AsSpan<float>().ToArray(),
        NumpyType.Float64 => Map(AsSpan<double>(), v => (float)v),
        NumpyType.Float16 => Map(AsSpan<Half>(), v => (float)v),
        NumpyType.Int64 => Map(AsSpan<long>(), v => (float)v),
        NumpyType.UInt64 => Map(AsSpan<ulong>(), v => (float)v),
        _ => Map<double, float>(ToDoubles(), v => (float)v),
    };

    /// <summary>The elements as float64; integers beyond 2^53 are rounded; false and true are 0 and 1.</summary>
    /// <returns>A new array in C order.</returns>
    public double[] ToDoubles() => Type switch
    {
        NumpyType.Bool => Map(Bytes, v => v != 0 ? 1.0 : 0.0),
        NumpyType.Int8 => Map(AsSpan<sbyte>(), v => (double)v),
        NumpyType.Int16 => Map(AsSpan<short>(), v => (double)v),
        NumpyType.Int32 => Map(AsSpan<int>(), v => (double)v),
        NumpyType.Int64 => Map(AsSpan<long>(), v => (double)v),
        NumpyType.UInt8 => Map(AsSpan<byte>(), v => (double)v),
        NumpyType.UInt16 => Map(AsSpan<ushort>(), v => (double)v),
        NumpyType.UInt32 => Map(AsSpan<uint>(), v => (double)v),
        NumpyType.UInt64 => Map(AsSpan<ulong>(), v => (double)v),
        NumpyType.Float16 => Map(AsSpan<Half>(), v => (double)v),
        NumpyType.Float32 => Map(AsSpan<float>(), v => (double)v),
        _ => AsSpan<double>().ToArray(),
    };

    /// <summary>The elements as 64-bit integers; nothing is rounded.</summary>
    /// <returns>A new array in C order.</returns>
    /// <exception cref="InvalidOperationException">An element has a fraction or is out of range.</exception>
    public long[] ToInt64s() => Type switch
    {
        NumpyType.Bool => Map(Bytes, v => v != 0 ? 1L : 0L),
        NumpyType.Int8 => Map(AsSpan<sbyte>(), v => (long)v),
        NumpyType.Int16 => Map(AsSpan<short>(), v => (long)v),
        NumpyType.Int32 => Map(AsSpan<int>(), v => (long)v),
        NumpyType.Int64 => AsSpan<long>().ToArray(),
        NumpyType.UInt8 => Map(AsSpan<byte>(), v => (long)v),
        NumpyType.UInt16 => Map(AsSpan<ushort>(), v => (long)v),
        NumpyType.UInt32 => Map(AsSpan<uint>(), v => (long)v),
        NumpyType.UInt64 => Map(AsSpan<ulong>(), v => v <= long.MaxValue ? (long)v : throw NotAnInteger(v)),
        _ => Map<double, long>(ToDoubles(), WholeNumber),
    };

    /// <summary>The type and shape as text, for messages: <c>Float32 [3, 512]</c>.</summary>
    /// <returns>One short line.</returns>
    public override string ToString() => $"{Type} {Describe(shape)}";

    internal static string Describe(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    private static TOut[] Map<TIn, TOut>(ReadOnlySpan<TIn> values, Func<TIn, TOut> convert)
    {
        var result = new TOut[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = convert(values[i]);
        }

        return result;
    }

    private static long WholeNumber(double value) =>
        value is >= -9223372036854775808.0 and < 9223372036854775808.0 && value == Math.Truncate(value)
            ? (long)value
            : throw NotAnInteger(value);

    private static InvalidOperationException NotAnInteger(IFormattable value) =>
        new($"The element {value.ToString(null, CultureInfo.InvariantCulture)} is not a 64-bit integer.");
}
