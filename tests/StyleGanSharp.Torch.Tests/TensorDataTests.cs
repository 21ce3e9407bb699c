using StyleGanSharp.Testing;

namespace StyleGanSharp.Torch.Tests;

[WithTensorScope]
public sealed class TensorDataTests
{
    public static TheoryData<DType> Types => [.. Enum.GetValues<DType>()];

    [Fact]
    public void Creators_fill_the_shape()
    {
        Assert.Equal([0f, 0f], Tensor.Zeros([2]).ToArray<float>());
        Assert.Equal([1.0, 1.0], Tensor.Ones([2, 1], DType.Float64).ToArray<double>());
        Assert.Equal([7L, 7L], Tensor.Full([2], 7, DType.Int64).ToArray<long>());
        Assert.Equal([0, 1, 2], Tensor.Arange(3, DType.Int32).ToArray<int>());
        Assert.Equal(0, Tensor.Scalar(2.5).Dim);
        Assert.Equal(2.5, Tensor.Scalar(2.5).Item());
        Assert.Equal([3, 0, 2], Tensor.Empty([3, 0, 2]).Shape.ToArray());
        Assert.Equal(0, Tensor.Empty([3, 0, 2]).Count);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_element_type_makes_the_round_trip_through_bytes(DType dtype)
    {
        byte[] bytes = [.. Enumerable.Range(0, 6 * dtype.Size()).Select(i => (byte)(dtype == DType.Bool ? i % 2 : i + 1))];
        Tensor tensor = Tensor.FromBytes(bytes, [2, 3], dtype);
        Assert.Equal(dtype, tensor.DType);
        Assert.Equal([2, 3], tensor.Shape.ToArray());
        Assert.Equal(bytes, tensor.ToBytes());
    }

    [Fact]
    public void Every_dotnet_type_makes_the_round_trip()
    {
        Check<float>([1.5f, -2f], DType.Float32);
        Check<double>([1.5, -2], DType.Float64);
        Check<Half>([(Half)1.5f, (Half)(-2f)], DType.Float16);
        Check<long>([long.MinValue, long.MaxValue], DType.Int64);
        Check<int>([int.MinValue, int.MaxValue], DType.Int32);
        Check<short>([short.MinValue, short.MaxValue], DType.Int16);
        Check<sbyte>([sbyte.MinValue, sbyte.MaxValue], DType.Int8);
        Check<byte>([0, 255], DType.UInt8);
        Check<bool>([true, false], DType.Bool);
        Assert.Throws<NotSupportedException>(() => Tensor.From(new char[1], [1]));

        static void Check<T>(T[] elements, DType dtype)
            where T : unmanaged
        {
            Tensor tensor = Tensor.From(elements, [2]);
            Assert.Equal(dtype, tensor.DType);
            Assert.Equal(elements, tensor.ToArray<T>());
            Assert.Equal(elements, tensor.AsSpan<T>().ToArray());
        }
    }

    [Fact]
    public void Elements_are_converted_on_the_way_out()
    {
        Assert.Equal([1, 2], Tensor.From([1.9f, 2.1f], [2]).ToArray<int>());
        Assert.Equal([0.5f], Tensor.Full([1], 0.5, DType.BFloat16).ToArray<float>());
    }

    [Fact]
    public void Views_come_out_in_row_major_order()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3).Transpose(0, 1);
        Assert.Equal([1, 3], x.Strides);
        Assert.False(x.IsContiguous);
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], x.ToArray<float>());
        Assert.Equal(new float[] { 0, 3, 1, 4, 2, 5 }.SelectMany(BitConverter.GetBytes), x.ToBytes());
    }

    [Fact]
    public void Views_share_their_elements()
    {
        Tensor x = Tensor.Zeros([2, 3]);
        x.Select(0, 1).Slice(0, 1).AsSpan<float>().Fill(4);
        Assert.Equal([0f, 0f, 0f, 0f, 4f, 4f], x.ToArray<float>());
        x.AsStrided([2], [3], 1).FillInPlace(9);
        Assert.Equal([0f, 9f, 0f, 0f, 9f, 4f], x.ToArray<float>());
    }

    [Fact]
    public void Channels_last_is_an_order_of_elements_only()
    {
        Tensor x = Tensor.Arange(24).Reshape(1, 2, 3, 4);
        Tensor y = x.Contiguous(MemoryFormat.ChannelsLast);
        Assert.True(y.IsChannelsLast);
        Assert.False(y.IsContiguous);
        Assert.Equal([24, 1, 8, 2], y.Strides);
        Assert.Equal(x.ToArray<float>(), y.ToArray<float>());
    }

    [Fact]
    public void A_span_is_given_of_contiguous_elements_of_its_own_type_only()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3);
        Assert.Equal(6, x.AsSpan<float>().Length);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => x.AsSpan<double>().Length);
        Assert.Contains("Float32 [2, 3] on cpu", e.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => x.Transpose(0, 1).AsSpan<float>().Length);
        Assert.Throws<InvalidOperationException>(() => x.Slice(1, 0, 2).AsSpan<float>().Length);
        Assert.Throws<InvalidOperationException>(() => x.Expand(2, 2, 3).AsSpan<float>().Length);
        Assert.Equal(0, Tensor.Empty([0]).AsSpan<float>().Length);
    }

    [Fact]
    public void Item_needs_exactly_one_element()
    {
        Assert.Equal(3, Tensor.Full([1, 1], 3, DType.Int16).Item());
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => Tensor.Ones([2]).Item());
        Assert.Contains("[2]", e.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Tensor.Empty([0]).Item());
    }

    [Fact]
    public void The_number_of_elements_must_fill_the_shape()
    {
        ShapeException e = Assert.Throws<ShapeException>(() => Tensor.From([1f, 2f, 3f], [2, 2]));
        Assert.Contains("3 elements do not fill the shape [2, 2]", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ShapeException>(() => Tensor.FromBytes(new byte[7], [2], DType.Float32));
        Assert.Contains("7 bytes do not fill [2] of Float32", e.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => Tensor.From([1f, 2f], [-1, -2]));
    }

    [Fact]
    public void Reading_elements_leaves_the_graph_alone()
    {
        Tensor x = Tensor.Ones([2]);
        x.RequiresGrad = true;
        Assert.Equal([2f, 2f], (x * 2).ToArray<float>());
    }

    [Fact]
    public void A_tensor_describes_itself()
    {
        Tensor x = Tensor.Ones([2, 3]);
        Assert.Equal("Float32 [2, 3] on cpu", x.ToString());
        x.Dispose();
        Assert.Equal("disposed tensor", x.ToString());
    }

    [Fact]
    public void Random_elements_have_their_distribution()
    {
        using var generator = new RandomGenerator(3);
        Tensor uniform = Tensor.Rand([1000], generator);
        Assert.InRange(uniform.Min().Item(), 0, 0.1);
        Assert.InRange(uniform.Max().Item(), 0.9, 1);
        Assert.InRange(Tensor.RandN([10000], generator, DType.Float64).Mean().Item(), -0.05, 0.05);
    }
}
