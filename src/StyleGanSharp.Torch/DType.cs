namespace StyleGanSharp.Torch;

/// <summary>Element type of a tensor; the numbers are libtorch's.</summary>
public enum DType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 0,

    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 1,

    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 2,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 3,

    /// <summary>Signed 64-bit integer.</summary>
    Int64 = 4,

    /// <summary>IEEE half precision.</summary>
    Float16 = 5,

    /// <summary>IEEE single precision; the reference everywhere.</summary>
    Float32 = 6,

    /// <summary>IEEE double precision.</summary>
    Float64 = 7,

    /// <summary>Single-precision complex number.</summary>
    Complex64 = 9,

    /// <summary>Double-precision complex number.</summary>
    Complex128 = 10,

    /// <summary>Truth value, one byte.</summary>
    Bool = 11,

    /// <summary>The upper half of a single-precision number.</summary>
    BFloat16 = 15,
}
