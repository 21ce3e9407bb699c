namespace StyleGanSharp.Data.Numpy;

/// <summary>Sizes and codes of <see cref="NumpyType"/>.</summary>
internal static class NumpyTypes
{
    /// <summary>Bytes per element.</summary>
    public static int Size(NumpyType type) => type switch
    {
        NumpyType.Bool or NumpyType.Int8 or NumpyType.UInt8 => 1,
        NumpyType.Int16 or NumpyType.UInt16 or NumpyType.Float16 => 2,
        NumpyType.Int32 or NumpyType.UInt32 or NumpyType.Float32 => 4,
        _ => 8,
    };

    /// <summary>The code without byte order: f4, i8, ...</summary>
    public static string Code(NumpyType type) => type switch
    {
        NumpyType.Bool => "b1",
        NumpyType.Int8 => "i1",
        NumpyType.Int16 => "i2",
        NumpyType.Int32 => "i4",
        NumpyType.Int64 => "i8",
        NumpyType.UInt8 => "u1",
        NumpyType.UInt16 => "u2",
        NumpyType.UInt32 => "u4",
        NumpyType.UInt64 => "u8",
        NumpyType.Float16 => "f2",
        NumpyType.Float32 => "f4",
        _ => "f8",
    };

    /// <summary>The type of a code without byte order, or null.</summary>
    public static NumpyType? FromCode(string code)
    {
        foreach (NumpyType type in Enum.GetValues<NumpyType>())
        {
            if (Code(type) == code)
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>The type that a C# type stores; null when there is none.</summary>
    public static NumpyType? FromClr(Type type) => type switch
    {
        _ when type == typeof(bool) => NumpyType.Bool,
        _ when type == typeof(sbyte) => NumpyType.Int8,
        _ when type == typeof(short) => NumpyType.Int16,
        _ when type == typeof(int) => NumpyType.Int32,
        _ when type == typeof(long) => NumpyType.Int64,
        _ when type == typeof(byte) => NumpyType.UInt8,
        _ when type == typeof(ushort) => NumpyType.UInt16,
        _ when type == typeof(uint) => NumpyType.UInt32,
        _ when type == typeof(ulong) => NumpyType.UInt64,
        _ when type == typeof(Half) => NumpyType.Float16,
        _ when type == typeof(float) => NumpyType.Float32,
        _ when type == typeof(double) => NumpyType.Float64,
        _ => null,
    };
}
