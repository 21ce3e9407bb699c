using System.Buffers.Binary;
using System.Text;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Torch.Tests.IO;

public sealed class SafetensorsHostileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, int, string> Headers => new()
    {
        { "", 0, "not JSON" },
        { "hello", 0, "not JSON" },
        { "{", 0, "not JSON" },
        { "{}x", 0, "not JSON" },
        { "[]", 0, "not a JSON object" },
        { "null", 0, "not a JSON object" },
        { "{\"a\": 1}", 0, "'a' lacks" },
        { "{\"a\": {}}", 0, "'a' lacks" },
        { "{\"a\": {\"dtype\": 5, \"shape\": [], \"data_offsets\": [0, 4]}}", 4, "'a' lacks" },
        { "{\"a\": {\"dtype\": \"F32\", \"shape\": []}}", 4, "'a' lacks" },
        { Entry("F31", "[1]", "[0, 4]"), 4, "unknown type 'F31'" },
        { Entry("f32", "[1]", "[0, 4]"), 4, "unknown type 'f32'" },
        { Entry("F32", "[-1]", "[0, 4]"), 4, "size -1" },
        { Entry("F32", "[1.5]", "[0, 4]"), 4, "size 1.5" },
        { Entry("F32", "[\"1\"]", "[0, 4]"), 4, "size" },
        { Entry("F32", "[[1]]", "[0, 4]"), 4, "size" },
        { Entry("F32", "[null]", "[0, 4]"), 4, "size" },
        { Entry("F32", "[99999999999999999999]", "[0, 4]"), 4, "size" },
        { Entry("F32", "1", "[0, 4]"), 4, "not a list" },
        { Entry("F32", "{}", "[0, 4]"), 4, "not a list" },
        { Entry("F32", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[0, 4]"), 4, "not a list" },
        { Entry("F32", "[4611686018427387904, 4]", "[0, 4]"), 4, "no memory holds" },
        { Entry("F64", "[2305843009213693952]", "[0, 4]"), 4, "no memory holds" },
        { Entry("F32", "[0, 4611686018427387904, 4611686018427387904]", "[0, 0]"), 0, "no memory holds" },
        { Entry("F32", "[4611686018427387904, 4611686018427387904, 0]", "[0, 0]"), 0, "no memory holds" },
        { Entry("F32", "[2]", "[0, 4]"), 4, "needs 8 bytes, its place has 4" },
        { Entry("F32", "[1]", "[0, 8]"), 8, "needs 4 bytes, its place has 8" },
        { Entry("F32", "[1]", "[4, 0]"), 4, "data_offsets" },
        { Entry("F32", "[1]", "[0]"), 4, "data_offsets" },
        { Entry("F32", "[1]", "[0, 4, 8]"), 4, "data_offsets" },
        { Entry("F32", "[1]", "[-4, 0]"), 4, "size -4" },
        { Entry("F32", "[1]", "[4, 8]"), 8, "begins at byte 4" },
        { Entry("F32", "[1]", "[9223372036854775803, 9223372036854775807]"), 4, "begins at byte" },
        { Entry("F32", "[1]", "[0, 4]"), 3, "fill 4 bytes, the file has 3" },
        { Entry("F32", "[1]", "[0, 4]"), 5, "fill 4 bytes, the file has 5" },
        { Entry("F32", "[1073741824]", "[0, 4294967296]"), 4, "fill 4294967296 bytes" },
        { "{}", 1, "fill 0 bytes, the file has 1" },
        { Two("[0, 4]", "[0, 4]"), 4, "begins at byte 0 of the data, byte 4 was expected" },
        { Two("[0, 4]", "[2, 6]"), 6, "begins at byte 2" },
        { Two("[0, 4]", "[6, 10]"), 10, "begins at byte 6" },
        { "{\"a\": " + Body("F32", "[1]", "[0, 4]") + ", \"a\": " + Body("F32", "[1]", "[4, 8]") + "}", 8, "'a' appears twice" },
        { "{\"a\": " + Body("F32", "[1]", "[0, 4]") + ", \"\\u0061\": " + Body("F32", "[1]", "[4, 8]") + "}", 8,
            "'a' appears twice" },
        { "{\"__metadata__\": {}, \"__metadata__\": {}}", 0, "appears twice" },
        { "{\"__metadata__\": []}", 0, "metadata is not a JSON object" },
        { "{\"__metadata__\": {\"a\": 1}}", 0, "metadata 'a' is not text" },
        { "{\"__metadata__\": {\"a\": null}}", 0, "metadata 'a' is not text" },
        { "{\"__metadata__\": {\"a\": \"1\", \"a\": \"2\"}}", 0, "metadata 'a' appears twice" },
        { "{\"__metadata__\": {\"a\": \"\\ud800\"}}", 0, "not Unicode" },
        { "{\"\\udc00\": {}}", 0, "not Unicode" },
        { Entry("\\ud800", "[1]", "[0, 4]"), 4, "not Unicode" },
        { "{\"a\": " + new string('[', 1000) + new string(']', 1000) + "}", 0, "not JSON" },
        { new string('[', 1_000_000), 0, "not JSON" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_malformed_header_is_told(string header, int dataLength, string expected) =>
        AssertRefused(Compose(Encoding.UTF8.GetBytes(header), dataLength), expected);

    [Fact]
    public void A_header_that_is_no_utf8_is_told() =>
        AssertRefused(Compose([.. "{\"__metadata__\": {\"a\": \""u8, 0xff, 0xfe, .. "\"}}"u8], 0), "not UTF-8");

    [Fact]
    public void A_header_longer_than_the_limit_is_refused_though_the_file_has_it()
    {
        byte[] bytes = new byte[8 + Safetensors.MaxHeaderBytes + 1];
        bytes.AsSpan(8).Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Safetensors.MaxHeaderBytes + 1);
        AssertRefused(bytes, "are not read");
    }

    [Fact]
    public void Too_many_tensors_and_too_long_names_are_refused()
    {
        string many = string.Join(
            ",", Enumerable.Range(0, Safetensors.MaxTensors + 1).Select(i => $"\"{i}\":{Body("U8", "[0]", "[0,0]")}"));
        AssertRefused(Compose(Encoding.UTF8.GetBytes($"{{{many}}}"), 0), "more than 100000 tensors");
        string name = new('n', 5_000_000);
        AssertRefused(Compose(Encoding.UTF8.GetBytes($"{{\"{name}\":{Body("U8", "[0]", "[0,0]")}}}"), 0), "5000000 letters");
        AssertRefused(Compose(Encoding.UTF8.GetBytes($"{{\"a\":{Body(name, "[0]", "[0,0]")}}}"), 0), "unknown type");
    }

    [Fact]
    public void Texts_of_the_file_in_messages_are_one_short_line()
    {
        byte[] bytes = Compose(Encoding.UTF8.GetBytes(Entry("F\\n\\u001b[31m" + new string('x', 100_000), "[1]", "[0, 4]")), 4);
        string path = folder.File("hostile");
        File.WriteAllBytes(path, bytes);
        string message = Assert.Throws<SafetensorsException>(() => Safetensors.Read(path).Dispose()).Message;
        Assert.DoesNotContain(message, char.IsControl);
        Assert.InRange(message.Length, 1, 500);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_header_that_is_refused_or_only_looked_at()
    {
        // One gigabyte announced and really there (a hole in the file): the header alone is read.
        const long Elements = 1 << 28;
        string path = folder.File("large");
        byte[] head = Compose(Encoding.UTF8.GetBytes(Entry("F32", $"[{Elements}]", $"[0, {4 * Elements}]")), 0);
        using (FileStream stream = File.Create(path))
        {
            stream.Write(head);
            stream.SetLength(head.Length + (4 * Elements));
        }

        long tensors = Tensor.LiveCount, before = GC.GetAllocatedBytesForCurrentThread();
        using (SafetensorsSource source = Safetensors.Open(path))
        {
            Assert.Equal([Elements], source.Entries["a"].Shape);
        }

        Assert.Equal(tensors, Tensor.LiveCount);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(3UL)]
    [InlineData(1UL << 40)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    public void A_wrong_header_length_is_told(ulong length)
    {
        byte[] bytes = Compose("{}"u8, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        AssertRefused(bytes, length == 0 ? "not JSON" : "header claims");
    }

    [Fact]
    public void Truth_values_other_than_0_and_1_are_told()
    {
        byte[] bytes = Compose(Encoding.UTF8.GetBytes(Entry("BOOL", "[2]", "[0, 2]")), 2);
        bytes[^1] = 2;
        AssertRefused(bytes, "'a' has truth values");
    }

    [Fact]
    public void A_file_cut_off_at_any_byte_is_refused()
    {
        string path = folder.File("whole");
        using Tensor x = Tensor.From([1f, 2f], [2]);
        Safetensors.Write(path, [("x", x), ("y", x)], new Dictionary<string, string> { ["k"] = "v" });
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
        {
            AssertRefused(whole[..length], "");
        }
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_read_or_refused_but_never_worse()
    {
        string path = folder.File("whole");
        using Tensor x = Tensor.From([1f, 2f], [2]);
        Safetensors.Write(path, [("x", x)], new Dictionary<string, string> { ["k"] = "v" });
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 0; i < whole.Length; i++)
        {
            foreach (byte value in (byte[])[0, (byte)'"', (byte)'9', (byte)'{', (byte)'\\', 0x80, 0xff])
            {
                byte[] changed = [.. whole];
                changed[i] = value;
                File.WriteAllBytes(path, changed);
                try
                {
                    Safetensors.Read(path).Dispose();
                }
                catch (SafetensorsException)
                {
                    // As it should be.
                }
            }
        }
    }

    private static string Body(string dtype, string shape, string offsets) =>
        $"{{\"dtype\": \"{dtype}\", \"shape\": {shape}, \"data_offsets\": {offsets}}}";

    private static string Entry(string dtype, string shape, string offsets) => $"{{\"a\": {Body(dtype, shape, offsets)}}}";

    private static string Two(string first, string second) =>
        $"{{\"a\": {Body("F32", "[1]", first)}, \"b\": {Body("F32", "[1]", second)}}}";

    private static byte[] Compose(ReadOnlySpan<byte> header, int dataLength)
    {
        var bytes = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes.AsSpan(8));
        return bytes;
    }

    private void AssertRefused(byte[] bytes, string expected)
    {
        string path = folder.File("hostile");
        File.WriteAllBytes(path, bytes);
        SafetensorsException e = Assert.Throws<SafetensorsException>(() => Safetensors.Read(path).Dispose());
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Equal(path, e.Path);
    }
}
