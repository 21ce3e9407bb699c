using System.Text;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Tests.Checkpoints.Pickle;

/// <summary>NumPy numbers and arrays, in order and out of order.</summary>
public sealed class NumpyClassesTests
{
    private const string Core = "numpy.core.multiarray";
    private static readonly PickleAllowList Allowed = new PickleAllowList().With(PickleBuiltins.AddTo).With(NumpyClasses.AddTo);

    [Theory]
    [InlineData("f8", "<", "\0\0\0\0\0\0\u00f8\u003f", 1.5)]
    [InlineData("f8", ">", "\u003f\u00f8\0\0\0\0\0\0", 1.5)]
    [InlineData("f4", "<", "\0\0\u00c0\u003f", 1.5)]
    [InlineData("f2", "<", "\0\u003e", 1.5)]
    [InlineData("i8", "<", "\u00fe\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", -2L)]
    [InlineData("i4", ">", "\u00ff\u00ff\u00ff\u00fe", -2L)]
    [InlineData("u1", "|", "\u00fe", 254L)]
    [InlineData("b1", "|", "\u0001", true)]
    public void Scalars_become_plain_numbers(string format, string order, string bytes, object expected)
    {
        foreach (string core in new[] { Core, "numpy._core.multiarray" })
        {
            Assert.Equal(expected, Read(
                Dtype(new PickleAssembler().Global(core, "scalar"), format, order).Raw(
                    "C" + (char)bytes.Length + bytes + "\u0086R")));
        }
    }

    [Theory]
    [InlineData(false, "<", "\u0001\0\u0002\0\u0003\0\u0004\0\u0005\0\u0006\0", new double[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(true, "<", "\u0001\0\u0002\0\u0003\0\u0004\0\u0005\0\u0006\0", new double[] { 1, 3, 5, 2, 4, 6 })]
    [InlineData(false, ">", "\0\u0001\0\u0002\0\u0003\0\u0004\0\u0005\0\u0006", new double[] { 1, 2, 3, 4, 5, 6 })]
    public void Arrays_honour_memory_order_and_byte_order(bool fortran, string order, string bytes, double[] expected)
    {
        NumpyArray array = Assert.IsType<NumpyArray>(Read(Array("i2", order, fortran, [2, 3], bytes)));
        Assert.Equal([2L, 3L], array.Shape);
        Assert.Equal(ElementType.Int16, array.Element);
        Assert.Equal(6, array.Count);
        Assert.Equal(expected, array.ToDoubles());
    }

    [Fact]
    public void Protocol_5_arrays_are_read()
    {
        PickleAssembler pickle = new PickleAssembler().Global("numpy._core.numeric", "_frombuffer").Raw(
            "(\u0096\u0002\0\0\0\0\0\0\0\u0007\u0009");
        NumpyArray array = Assert.IsType<NumpyArray>(Read(Dtype(pickle, "u1", "|").Ints(2).Text("C").Raw("tR")));
        Assert.Equal([7.0, 9.0], array.ToDoubles());
    }

    [Fact]
    public void An_array_without_dimensions_is_one_number_and_one_of_size_0_is_empty()
    {
        Assert.Equal([7.0], Assert.IsType<NumpyArray>(Read(Array("u1", "|", false, [], "\u0007"))).ToDoubles());
        Assert.Empty(Assert.IsType<NumpyArray>(Read(Array("u1", "|", false, [int.MaxValue, int.MaxValue, int.MaxValue, 0], "")))
            .ToDoubles());
    }

    [Theory]
    [InlineData("O8", "arbitrary objects")]
    [InlineData("O", "arbitrary objects")]
    [InlineData("|O", "arbitrary objects")]
    [InlineData("V16", "not a number format")]
    [InlineData("U5", "not a number format")]
    [InlineData("f16", "not a number format")]
    [InlineData("", "not a number format")]
    public void Object_and_text_formats_are_refused(string format, string words)
    {
        PickleException error = Assert.Throws<PickleException>(() => Read(Dtype(new PickleAssembler(), format, "|")));
        Assert.Contains(words, error.Message);
    }

    [Theory]
    [InlineData(new[] { 2, 2 }, "123")]
    [InlineData(new[] { -1 }, "1")]
    [InlineData(new[] { -1, -1 }, "1")]
    [InlineData(new[] { 65536, 65536, 65536, 65536 }, "")]
    [InlineData(new[] { int.MaxValue, int.MaxValue }, "1")]
    public void Shapes_that_do_not_fit_the_data_are_refused(int[] shape, string bytes)
    {
        Assert.Throws<PickleException>(() => Read(Array("u1", "|", false, shape, bytes)));
    }

    [Theory]
    [InlineData("cnumpy.core.multiarray\nscalar\nN\u0085R")]
    [InlineData("cnumpy.core.multiarray\nscalar\n(NNtR")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n(cnumpy\ndtype\n)C\u0001btR")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\0\u0085C\u0001btRNb")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\0\u0085C\u0001btR(K\u0001)cnumpy\ndtype\n(\u008c\u0002u1\u0089\u0088tR\u0089]tb")]
    [InlineData("cnumpy\ndtype\n(\u008c\u0002u1\u0089\u0088tR(K\u0003\u008c\u0001?NNNtb")]
    [InlineData("cnumpy\ndtype\n(\u008c\u0002u1\u0089\u0088tR(K\u0003\u008c\u0001<N)}tb")]
    [InlineData("cnumpy\ndtype\nN\u0085R")]
    public void Wrong_arguments_are_refused(string pickle)
    {
        Assert.Throws<PickleException>(() => Read(new PickleAssembler().Raw(pickle)));
    }

    private static PickleAssembler Dtype(PickleAssembler pickle, string format, string order) =>
        pickle.Raw("cnumpy\ndtype\n(").Text(format).Raw("\u0089\u0088tR(K\u0003").Text(order).Raw("NNN").Int(-1).Int(-1).Int(0)
            .Raw("tb");

    private static PickleAssembler Array(string format, string order, bool fortran, int[] shape, string bytes)
    {
        PickleAssembler pickle = new PickleAssembler().Raw(
            $"c{Core}\n_reconstruct\n(cnumpy\nndarray\nK\0\u0085C\u0001btR(K\u0001").Ints(shape);
        return Dtype(pickle, format, order).Raw(fortran ? (byte)0x88 : (byte)0x89).Data(Encoding.Latin1.GetBytes(bytes)).Raw(
            "tb");
    }

    private static object? Read(PickleAssembler pickle) => PickleReader.Read(pickle.Stop(), Allowed);
}
