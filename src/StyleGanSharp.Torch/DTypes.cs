namespace StyleGanSharp.Torch;

/// <summary>Facts about element types.</summary>
public static class DTypes
{
    /// <summary>Bytes per element.</summary>
    public static int Size(this DType dtype) => dtype switch
    {
        DType.UInt8 or DType.Int8 or DType.Bool => 1,
        DType.Int16 or DType.Float16 or DType.BFloat16 => 2,
        DType.Int32 or DType.Float32 => 4,
        DType.Int64 or DType.Float64 or DType.Complex64 => 8,
        DType.Complex128 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, null),
    };

    /// <summary>The element type that stores a .NET type.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is no element type.</exception>
    public static DType Of<T>()
        where T : unmanaged
    {
        Type type = typeof(T);
        return type == typeof(float) ? DType.Float32
            : type == typeof(double) ? DType.Float64
            : type == typeof(long) ? DType.Int64
            : type == typeof(int) ? DType.Int32
            : type == typeof(short) ? DType.Int16
            : type == typeof(byte) ? DType.UInt8
            : type == typeof(sbyte) ? DType.Int8
            : type == typeof(bool) ? DType.Bool
            : type == typeof(Half) ? DType.Float16
            : throw new NotSupportedException($"{type.Name} is not an element type of a tensor.");
    }
}
