using StyleGanSharp.Data.Numpy;

namespace StyleGanSharp.Data.Tests.Numpy;

public sealed class NumpyArrayTests
{
    [Fact]
    public void Span_has_exactly_the_stored_type()
    {
        NumpyArray array = NumpyArray.Create<float>([1, 2], 2);
        Assert.Equal([1f, 2f], array.AsSpan<float>().ToArray());
        var exception = Assert.Throws<InvalidOperationException>(() => array.AsSpan<double>().Length);
        Assert.Equal("The array holds Float32, not Double.", exception.Message);
        Assert.Equal("Float32 [2]", array.ToString());
    }

    [Fact]
    public void Integers_are_never_rounded()
    {
        Assert.Equal([long.MaxValue], NumpyArray.Create<long>([long.MaxValue]).ToInt64s());
        Assert.Equal([3L, -4L], NumpyArray.Create<float>([3, -4], 2).ToInt64s());
        Assert.Equal([1L, 0L], NumpyArray.Create<bool>([true, false], 2).ToInt64s());
        Assert.Throws<InvalidOperationException>(() => NumpyArray.Create<float>([1.5f]).ToInt64s());
        Assert.Throws<InvalidOperationException>(() => NumpyArray.Create<double>([double.NaN]).ToInt64s());
        Assert.Throws<InvalidOperationException>(() => NumpyArray.Create<double>([9.3e18]).ToInt64s());
        Assert.Throws<InvalidOperationException>(() => NumpyArray.Create<ulong>([ulong.MaxValue]).ToInt64s());
    }

    [Fact]
    public void Int64_goes_to_single_in_one_rounding()
    {
        // 2^60 + 2^36 + 1 lies just above a tie of float32: through float64 it would fall on the tie and round down.
        const long value = (1L << 60) + (1L << 36) + 1;
        Assert.Equal([(float)value], NumpyArray.Create<long>([value]).ToSingles());
    }

    [Fact]
    public void Shape_and_type_are_checked()
    {
        var exception = Assert.Throws<ArgumentException>(() => NumpyArray.Create<float>([1, 2, 3], 2, 2));
        Assert.StartsWith("The shape [2, 2] holds 4 values, got 3.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NumpyArray.Create<char>(['a']));
    }
}
