using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Tests.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Tensors over legacy storage streams, genuine and forged.</summary>
public sealed class TorchClassesTests
{
    private static readonly float[] Six = [1, 2, 3, 4, 5, 6];
    private static readonly PickleAllowList Allowed = new PickleAllowList().With(PickleBuiltins.AddTo).With(TorchClasses.AddTo);

    [Theory]
    [InlineData(0, new[] { 2, 3 }, new[] { 3, 1 }, new double[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(0, new[] { 3, 2 }, new[] { 1, 3 }, new double[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(2, new[] { 2 }, new[] { 2 }, new double[] { 3, 5 })]
    [InlineData(5, new int[0], new int[0], new double[] { 6 })]
    [InlineData(6, new[] { 0, 4 }, new[] { 4, 1 }, new double[0])]
    [InlineData(0, new[] { 1, 6, 1 }, new[] { 99, 1, 77 }, new double[] { 1, 2, 3, 4, 5, 6 })]
    public void Views_are_copied_in_row_major_order(int offset, int[] sizes, int[] strides, double[] expected)
    {
        TensorRecord tensor = Tensor(offset, sizes, strides);
        Assert.Equal(ElementType.Float32, tensor.Element);
        Assert.False(tensor.IsParameter);
        Assert.Equal(sizes.Select(size => (long)size), tensor.Shape);
        Assert.Equal(expected, tensor.ToDoubles());
        Assert.Equal(expected.Length * 4, tensor.ByteCount);
    }

    [Theory]
    [InlineData(0, new[] { -2, -3 }, new[] { 3, 1 })]
    [InlineData(0, new[] { 2, 3 }, new[] { -3, 1 })]
    [InlineData(-1, new[] { 2, 3 }, new[] { 3, 1 })]
    [InlineData(1, new[] { 2, 3 }, new[] { 3, 1 })]
    [InlineData(7, new[] { 0 }, new[] { 1 })]
    [InlineData(6, new int[0], new int[0])]
    [InlineData(0, new[] { 7 }, new[] { 1 })]
    [InlineData(0, new[] { 7 }, new[] { 0 })]
    [InlineData(0, new[] { int.MaxValue }, new[] { 0 })]
    [InlineData(0, new[] { 2, 2 }, new[] { int.MaxValue, int.MaxValue })]
    [InlineData(0, new[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, new[] { 0, 0, 0, 0 })]
    [InlineData(0, new[] { 65536, 65536, 65536, 65536 }, new[] { 1, 1, 1, 1 })]
    [InlineData(0, new[] { 2, 3 }, new[] { 1 })]
    [InlineData(0, new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
        new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    public void Views_that_do_not_lie_in_their_storage_are_refused(int offset, int[] sizes, int[] strides)
    {
        Assert.Contains("tensor", Assert.Throws<PickleException>(() => Tensor(offset, sizes, strides)).Message);
    }

    [Theory]
    [InlineData("HalfStorage", ElementType.Float16)]
    [InlineData("BFloat16Storage", ElementType.BFloat16)]
    [InlineData("ByteStorage", ElementType.UInt8)]
    [InlineData("BoolStorage", ElementType.Bool)]
    public void Storage_classes_give_the_number_format(string storage, ElementType element)
    {
        int size = element.Size();
        byte[] stream = PickleAssembler.TorchStream([0, 0], storage, declared: 8 / size, announced: 8 / size);
        TensorRecord tensor = (TensorRecord)PickleReader.Read(new PickleAssembler().Tensor(stream, 0, [1], [1]).Stop(), Allowed)!;
        Assert.Equal(element, tensor.Element);
        Assert.Equal([0.0], tensor.ToDoubles());
    }

    [Fact]
    public void A_parameter_is_marked_as_one()
    {
        PickleAssembler pickle = new PickleAssembler().Global("torch._utils", "_rebuild_parameter").Raw("(")
            .Tensor(PickleAssembler.TorchStream(Six), 0, [6], [1]).Raw(0x88).Raw("NtR");
        TensorRecord tensor = (TensorRecord)PickleReader.Read(pickle.Stop(), Allowed)!;
        Assert.True(tensor.IsParameter);
        Assert.True(tensor.RequiresGrad);
    }

    [Fact]
    public void Forged_storage_streams_are_refused()
    {
        Refused(PickleAssembler.TorchStream(Six, "UnknownStorage"));
        Refused(PickleAssembler.TorchStream(Six, declared: 7));
        Refused(PickleAssembler.TorchStream(Six, declared: 7, announced: 7));
        Refused(PickleAssembler.TorchStream(Six, announced: -1));
        Refused(PickleAssembler.TorchStream(Six, declared: int.MaxValue, announced: int.MaxValue));
        Refused(PickleAssembler.TorchStream(Six, announced: long.MaxValue));
        Refused(PickleAssembler.TorchStream(Six, key: "another"));
        Refused([]);
        Refused("not a stream"u8.ToArray());
    }

    [Fact]
    public void A_nested_stream_cannot_call_what_the_outer_file_may_not()
    {
        byte[] stream = [.. PickleAssembler.TorchStream(Six)[..15], .. new PickleAssembler().Global("os", "system").Stop()];
        PickleException error = Refused(stream);
        Assert.Contains("os.system", error.Message);
        Refused([.. PickleAssembler.TorchStream(Six)[..15], .. new PickleAssembler().Global("torch.storage", "_load_from_bytes")
            .Stop()]);
    }

    [Fact]
    public void Every_cut_of_a_storage_stream_is_refused_in_words()
    {
        byte[] whole = PickleAssembler.TorchStream(Six);
        for (int length = 0; length < whole.Length; length++)
        {
            Refused(whole[..length]);
        }
    }

    [Fact]
    public void The_same_stream_loaded_a_million_times_is_stopped()
    {
        PickleAssembler pickle = new PickleAssembler().Data(PickleAssembler.TorchStream(Six)).Raw("q\u0001(");
        for (int i = 0; i < 300_000; i++)
        {
            pickle.Raw("ctorch.storage\n_load_from_bytes\nh\u0001\u0085R");
        }

        Assert.Contains("steps", Assert.Throws<PickleException>(() => PickleReader.Read(pickle.Stop(), Allowed)).Message);
    }

    private static TensorRecord Tensor(int offset, int[] sizes, int[] strides) => Assert.IsType<TensorRecord>(
        PickleReader.Read(
            new PickleAssembler().Tensor(PickleAssembler.TorchStream(Six), offset, sizes, strides).Stop(), Allowed));

    private static PickleException Refused(byte[] stream) => Assert.Throws<PickleException>(
        () => PickleReader.Read(new PickleAssembler().Tensor(stream, 0, [1], [1]).Stop(), Allowed));
}
