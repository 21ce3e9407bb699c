using System.Buffers.Binary;
using System.Text;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// NumPy numbers and arrays. A scalar becomes <see cref="double"/>, <see cref="long"/> (BigInteger beyond 64 bits) or
/// <see cref="bool"/>, an array <see cref="NumpyArray"/>. Names of NumPy 1 (numpy.core) and 2 (numpy._core) are known.
/// </summary>
public static class NumpyClasses
{
    /// <summary>Adds numpy.dtype, scalars and arrays.</summary>
    /// <param name="list">The list to extend.</param>
    public static void AddTo(PickleAllowList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        list.AllowMention("numpy", "ndarray").Allow("numpy", "dtype", NumpyDtype.Create);
        foreach (string core in new[] { "numpy.core", "numpy._core" })
        {
            list.Allow($"{core}.multiarray", "scalar", Scalar);
            list.Allow($"{core}.multiarray", "_reconstruct", Reconstruct);
            list.Allow($"{core}.numeric", "_frombuffer", FromBuffer);
        }
    }

    /// <summary>Array data: bytes, or a Python 2 string that happened to be ASCII.</summary>
    internal static ReadOnlyMemory<byte>? Bytes(object? data) => data switch
    {
        PickleBytes bytes => bytes.Memory,
        string { Length: <= 4096 } text when Ascii.IsValid(text) => Encoding.ASCII.GetBytes(text),
        _ => default(ReadOnlyMemory<byte>?), // A plain null would become empty memory here.
    };

    /// <summary>scalar(dtype, bytes)</summary>
    private static object Scalar(PickleCall call)
    {
        call.RequireCount(2, 2);
        NumpyDtype dtype = call.Argument<NumpyDtype>(0, "format");
        ReadOnlyMemory<byte> data = Bytes(call.Arguments[1]) ?? throw call.Error("A NumPy number comes without its bytes");
        if (data.Length != dtype.Element.Size())
        {
            throw call.Error($"A NumPy number of {dtype.Element.Size()} bytes comes with {data.Length} bytes");
        }

        Span<byte> bytes = stackalloc byte[8];
        bytes = bytes[..data.Length];
        data.Span.CopyTo(bytes);
        if (dtype.BigEndian)
        {
            bytes.Reverse();
        }

        return dtype.Element switch
        {
            ElementType.Bool => bytes[0] != 0,
            ElementType.UInt64 => PickleText.Shrink(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
            ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            ElementType.Float16 or ElementType.Float32 or ElementType.Float64 => dtype.Element.ToDouble(bytes),
            _ => (long)dtype.Element.ToDouble(bytes),
        };
    }

    /// <summary>_reconstruct(numpy.ndarray, (0,), b'b'): an empty array that BUILD fills.</summary>
    private static NumpyArray Reconstruct(PickleCall call)
    {
        call.RequireCount(3, 3);
        if (call.Argument<PickleGlobal>(0, "array class") is not { Module: "numpy", Name: "ndarray" }
            || call.Arguments[1] is not PickleTuple)
        {
            throw call.Error($"{call.Type.FullName} is asked for something other than a plain array");
        }

        return new NumpyArray();
    }

    /// <summary>_frombuffer(bytes, dtype, shape, order): protocol 5.</summary>
    private static NumpyArray FromBuffer(PickleCall call)
    {
        call.RequireCount(4, 4);
        string order = call.Argument<string>(3, "order");
        NumpyArray array = new();
        array.Fill(
            call.Argument<PickleTuple>(2, "shape"),
            call.Argument<NumpyDtype>(1, "format"),
            order is "C" or "F" ? order == "F" : throw call.Error("A NumPy array is in neither C nor Fortran order"),
            call.Arguments[0],
            call.Context);
        return array;
    }
}
