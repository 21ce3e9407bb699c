using System.Text;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Numpy;

/// <summary>Types, orders and versions that NumPy writes, and one case per way a file can be wrong.</summary>
public sealed class NpyFileTests
{
    [Theory]
    [InlineData("<f4", new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0 }, 1.0, -2.5)]
    [InlineData(">f4", new byte[] { 0x3F, 0x80, 0, 0, 0xC0, 0x20, 0, 0 }, 1.0, -2.5)]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0x04, 0xC0 }, 1.0, -2.5)]
    [InlineData(">f8", new byte[] { 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0x04, 0, 0, 0, 0, 0, 0 }, 1.0, -2.5)]
    [InlineData("<f2", new byte[] { 0x00, 0x3C, 0x00, 0xC1 }, 1.0, -2.5)]
    [InlineData(">f2", new byte[] { 0x3C, 0x00, 0xC1, 0x00 }, 1.0, -2.5)]
    [InlineData("|i1", new byte[] { 5, 0xFE }, 5.0, -2.0)]
    [InlineData("<i2", new byte[] { 5, 1, 0xFE, 0xFF }, 261.0, -2.0)]
    [InlineData(">i2", new byte[] { 1, 5, 0xFF, 0xFE }, 261.0, -2.0)]
    [InlineData("<i4", new byte[] { 5, 0, 0, 1, 0xFE, 0xFF, 0xFF, 0xFF }, 16777221.0, -2.0)]
    [InlineData(">i8", new byte[] { 0, 0, 0, 0, 0, 0, 1, 5, 255, 255, 255, 255, 255, 255, 255, 254 }, 261.0, -2.0)]
    [InlineData("|u1", new byte[] { 5, 0xFE }, 5.0, 254.0)]
    [InlineData(">u2", new byte[] { 1, 5, 0xFF, 0xFE }, 261.0, 65534.0)]
    [InlineData("=u4", new byte[] { 5, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF }, 5.0, 4294967294.0)]
    [InlineData("<u8", new byte[] { 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80 }, 5.0, 9223372036854775808.0)]
    [InlineData("|b1", new byte[] { 1, 0 }, 1.0, 0.0)]
    public void Every_type_and_byte_order_is_read(string descr, byte[] data, double first, double second)
    {
        NumpyArray array = Read(NpyBytes.Make(NpyBytes.Header(descr, "(2,)"), data));
        Assert.Equal([2L], array.Shape.ToArray());
        Assert.Equal([first, second], array.ToDoubles());
        Assert.Equal([(float)first, (float)second], array.ToSingles());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Versions_1_to_3_are_read(int version) =>
        Assert.Equal([7L, 8L], Read(NpyBytes.Make(NpyBytes.Header("|u1", "(2,)"), [7, 8], version)).ToInt64s());

    [Fact]
    public void Fortran_order_becomes_c_order()
    {
        // a[i, j, k] = 100 i + 10 j + k, stored with i fastest.
        int[] two = [0, 1], three = [0, 1, 2], four = [0, 1, 2, 3];
        byte[] data = [.. from k in four from j in three from i in two select (byte)((100 * i) + (10 * j) + k)];
        byte[] expected = [.. from i in two from j in three from k in four select (byte)((100 * i) + (10 * j) + k)];
        NumpyArray array = Read(NpyBytes.Make(NpyBytes.Header("|u1", "(2, 3, 4)", "True"), data));
        Assert.Equal(expected, array.AsSpan<byte>().ToArray());
    }

    [Theory]
    [InlineData("()", 1)]
    [InlineData("(3,)", 1)]
    [InlineData("(0, 5)", 2)]
    [InlineData("(1, 1, 3,)", 3)]
    public void Scalars_vectors_and_empty_arrays_are_read(string shape, int rank)
    {
        int count = shape is "()" ? 1 : shape.Contains('0', StringComparison.Ordinal) ? 0 : 3;
        NumpyArray array = Read(NpyBytes.Make(NpyBytes.Header("|u1", shape), new byte[count]));
        Assert.Equal(shape is "()" ? 0 : rank, array.Shape.Length);
        Assert.Equal(count, array.Count);
    }

    [Fact]
    public void Keys_come_in_any_order_with_either_quote() =>
        Assert.Equal([9L], Read(NpyBytes.Make("{\"shape\":(1,),'fortran_order':False,\"descr\":'|u1'}", [9])).ToInt64s());

    [Fact]
    public void Written_files_are_numpys_bytes()
    {
        // np.save(f, np.arange(3, dtype=np.float32).reshape(1, 3)) of NumPy 1.26.
        const string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }";
        byte[] text = Encoding.ASCII.GetBytes(header.PadRight(117) + '\n');
        byte[] expected = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. text, 0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40];
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["a.npy"], NumpyArray.Create<float>([0, 1, 2], 1, 3));
        Assert.Equal(expected, File.ReadAllBytes(folder["a.npy"]));
        Assert.Equal(["a.npy"], folder.Names);
    }

    [Fact]
    public void Every_type_round_trips()
    {
        RoundTrip<bool>([true, false]);
        RoundTrip<sbyte>([1, -2]);
        RoundTrip<short>([300, -2]);
        RoundTrip<int>([70000, -2]);
        RoundTrip<long>([long.MinValue, long.MaxValue]);
        RoundTrip<byte>([1, 255]);
        RoundTrip<ushort>([1, 65535]);
        RoundTrip<uint>([1, uint.MaxValue]);
        RoundTrip<ulong>([1, ulong.MaxValue]);
        RoundTrip<Half>([(Half)1.5, Half.NaN]);
        RoundTrip<float>([float.Epsilon, float.NegativeInfinity]);
        RoundTrip<double>([Math.PI, double.NaN]);
    }

    [Theory]
    [InlineData("|O", "(1,)", "holds Python objects, which are never loaded.")]
    [InlineData("O", "(1,)", "holds Python objects, which are never loaded.")]
    [InlineData("<U5", "(1,)", "has elements of type '<U5', which is not supported.")]
    [InlineData("<c8", "(1,)", "has elements of type '<c8', which is not supported.")]
    [InlineData("<f16", "(1,)", "has elements of type '<f16', which is not supported.")]
    [InlineData("", "(1,)", "has elements of type '', which is not supported.")]
    [InlineData("|f4", "(1,)", "the type '|f4' has no byte order")]
    [InlineData("<f4", "(2,)", "is truncated: the shape [2] needs 8 bytes, the file has fewer.")]
    [InlineData("<f4", "()", "has more data than its shape [] holds.", 8)]
    [InlineData("<f4", "(1099511627776, 1099511627776)", "declares an impossible shape")]
    [InlineData("<f4", "(0, 4611686018427387904, 8)", "declares an impossible shape")]
    [InlineData("<f4", "(9223372036854775808,)", "a size in the shape is not a number")]
    [InlineData("<f4", "(-1,)", "a size in the shape is not a number")]
    [InlineData("<f4", "(1.0,)", "')' was expected")]
    [InlineData("<f4", "(1)", "the shape is not a tuple")]
    [InlineData("<f4", "1", "'(' was expected")]
    [InlineData("<f4", "(1,", "a size in the shape is not a number")]
    [InlineData("<f4", "(__import__('os').system('true'),)", "a size in the shape is not a number")]
    public void Hostile_types_and_shapes_are_refused(string descr, string shape, string expected, int dataLength = 4)
    {
        string message = Message(NpyBytes.Make(NpyBytes.Header(descr, shape), new byte[dataLength]));
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.StartsWith("file.npy ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "'{' was expected")]
    [InlineData("{}", "descr, fortran_order or shape is missing")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "descr, fortran_order or shape is missing")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}",
        "the key 'descr' is unknown or repeated")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': 1}", "the key 'x' is unknown or repeated")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': ()}", "fortran_order is neither True nor False")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}", "holds records with several fields")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': ()} + {}", "there is text after the dictionary")]
    [InlineData("{'descr': '<\\x664', 'fortran_order': False, 'shape': ()}", "a quoted text was expected")]
    [InlineData("{'descr': '<f4, 'fortran_order': False, 'shape': ()}", "was expected")]
    public void Malformed_headers_are_refused(string header, string expected) =>
        Assert.Contains(expected, Message(NpyBytes.Make(header, new byte[4])), StringComparison.Ordinal);

    [Fact]
    public void Many_dimensions_are_refused() =>
        Assert.Contains(
            "more than 64 dimensions",
            Message(NpyBytes.Make(NpyBytes.Header("|u1", $"({string.Concat(Enumerable.Repeat("1,", 65))})"), [0])),
            StringComparison.Ordinal);

    [Fact]
    public void Files_that_are_something_else_are_named()
    {
        Assert.Equal("file.npy is empty.", Message([]));
        Assert.Equal("file.npy is not a NumPy .npy file.", Message("PK\u0003\u0004 and so on"u8.ToArray()));
        Assert.Equal("file.npy is truncated.", Message([0x93, .. "NUM"u8]));
        Assert.Equal("file.npy is truncated.", Message([0x93, .. "NUMPY"u8, 1, 0, 200, 0, (byte)'{']));
        Assert.Equal("file.npy has NumPy format version 4.0; 1.0 to 3.0 can be read.", Message(NpyBytes.Make("{}", [], 4)));
        Assert.Contains("more than the limit of 65536", Message([0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_are_named()
    {
        using var folder = new TemporaryFolder();
        NumpyArray array = NumpyArray.Create<float>([1]);
        Assert.Equal($"{folder["a.npy"]} does not exist.", Throws(() => NpyFile.Read(folder["a.npy"])));
        Assert.Equal($"{folder.Path} is a folder, not a file.", Throws(() => NpyFile.Read(folder.Path)));
        Assert.Equal(
            $"{folder["no/a.npy"]} cannot be written: the folder {folder["no"]} does not exist.",
            Throws(() => NpyFile.Write(folder["no/a.npy"], array)));
        NpyFile.Write(folder["a.npy"], array);
        Assert.Equal($"{folder["a.npy"]} holds 4 bytes, more than the limit of 3.", Throws(
            () => NpyFile.Read(folder["a.npy"], maxBytes: 3)));
    }

    private static void RoundTrip<T>(T[] values)
        where T : unmanaged
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["a.npy"], NumpyArray.Create<T>(values, 2, 1));
        NumpyArray read = NpyFile.Read(folder["a.npy"]);
        Assert.Equal([2L, 1L], read.Shape.ToArray());
        Assert.Equal(values, read.AsSpan<T>().ToArray());
    }

    private static NumpyArray Read(byte[] file) => NpyFile.Read(new MemoryStream(file), file.Length, "file.npy", int.MaxValue);

    private static string Message(byte[] file) => Throws(() => Read(file));

    private static string Throws(Action action) => Assert.Throws<NumpyFileException>(action).Message;
}
