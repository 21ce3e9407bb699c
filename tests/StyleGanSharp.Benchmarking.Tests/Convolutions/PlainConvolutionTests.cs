using StyleGanSharp.Benchmarking.Convolutions;

namespace StyleGanSharp.Benchmarking.Tests.Convolutions;

/// <summary>The plain convolutions that stand for those of networks.</summary>
public sealed class PlainConvolutionTests
{
    [Fact]
    public void A_convolution_that_keeps_the_size_stands_for_itself() => Assert.Equal(
        [new PlainConvolution(32, 16, 32, 24, 3, Padding: 1)],
        PlainConvolution.Equivalents(new(ConvolutionKind.Same, 32, 16, 32, 24), 1));

    [Fact]
    public void Odd_numbers_of_channels_may_be_filled_up_with_zeros() => Assert.Equal(
        [new PlainConvolution(91, 64, 36, 36, 1), new PlainConvolution(96, 64, 36, 36, 1)],
        PlainConvolution.Equivalents(new(ConvolutionKind.Full, 91, 64, 36, 36, 1), 1));

    [Fact]
    public void A_full_one_is_padded_by_all_but_one_of_its_taps() => Assert.Equal(
        [new PlainConvolution(16, 16, 36, 36, 3, Padding: 2)],
        PlainConvolution.Equivalents(new(ConvolutionKind.Full, 16, 16, 36, 36), 1));

    [Fact]
    public void Doubling_is_transposed_or_four_phases_or_a_column_for_each_tap() => Assert.Equal(
        [
            new PlainConvolution(8, 16, 32, 32, 3, 2, Transposed: true), new PlainConvolution(8, 64, 32, 32, 2, Padding: 1),
            new PlainConvolution(8, 144, 32, 32, 1),
        ],
        PlainConvolution.Equivalents(new(ConvolutionKind.Doubled, 8, 16, 32, 32), 1));

    [Fact]
    public void Halving_is_strided_or_reads_phases_or_columns() => Assert.Equal(
        [new PlainConvolution(8, 16, 33, 33, 3, 2), new PlainConvolution(32, 16, 17, 17, 2), new PlainConvolution(
            72, 16, 16, 16, 1)],
        PlainConvolution.Equivalents(new(ConvolutionKind.Halved, 8, 16, 32, 32), 1));

    [Fact]
    public void A_detour_that_needs_too_much_memory_is_left_out()
    {
        ConvolutionShape shape = new(ConvolutionKind.Doubled, 64, 32, 512, 512);
        Assert.Equal(3, PlainConvolution.Equivalents(shape, 1).Length);
        Assert.Equal([true, false], PlainConvolution.Equivalents(shape, 4).Select(p => p.Transposed)); // 288 channels would be 1.1 GiB
        Assert.True(Assert.Single(PlainConvolution.Equivalents(shape, 64)).Transposed);
    }

    // The equivalents of one convolution give as many numbers, up to the pass that follows.
    [Theory]
    [InlineData(ConvolutionKind.Doubled, 17 * 2, 33)]
    [InlineData(ConvolutionKind.BoxDoubled, 17 * 2, 32)]
    public void Phases_cover_the_result(object kind, int phases, int transposed)
    {
        PlainConvolution[] ways = PlainConvolution.Equivalents(new((ConvolutionKind)kind, 4, 4, 16, 16), 1);
        PlainConvolution up = ways[0], split = ways[1];
        Assert.Equal(transposed, ((up.Height - 1) * up.Stride) - (2 * up.Padding) + up.Kernel);
        Assert.Equal(phases, 2 * (split.Height + (2 * split.Padding) - split.Kernel + 1));
    }

    [Fact]
    public void Colours_have_none() =>
        Assert.Throws<ArgumentException>(() => PlainConvolution.Equivalents(new(ConvolutionKind.Colours, 8, 3, 4, 4, 1), 1));
}
