using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>One call of <c>filtered_lrelu</c> with everything drawn from a number.</summary>
internal sealed class FilteredLreluCase
{
    internal const int Count = 48;

    // The gradient of the bias adds up thousands of numbers in float32, in another order.
    private const double Tolerance = 3e-5;
    private const int MostOversampled = 150;

    private static readonly int[] Factors = [1, 2, 4];

    private readonly int number;
    private readonly long[] shape;
    private readonly long[]? upShape, downShape;
    private readonly int up, down;
    private readonly Padding padding;
    private readonly double gain, slope;
    private readonly double? clamp;
    private readonly bool flip, channelsLast, hasBias;

    internal FilteredLreluCase(int number)
    {
        this.number = number;
        var draw = new Random(1000 + number);
        do
        {
            (up, down) = (Factors[draw.Next(3)], Factors[draw.Next(3)]);
            int most = 60 / up;
            shape = [draw.Next(1, 3), draw.Next(1, 3), draw.Next(2, most), draw.Next(2, most)];
            (upShape, downShape) = (FilterShape(up), FilterShape(down));
            padding = new Padding(draw.Next(-4, 20), draw.Next(-4, 20), draw.Next(-4, 20), draw.Next(-4, 20));
            (gain, slope, clamp) = (0.5 + draw.NextDouble(), 0.1 + (0.3 * draw.NextDouble()), draw.Next(2) == 0 ? null : 0.7);
            (flip, channelsLast, hasBias) = (draw.Next(2) == 0, draw.Next(3) == 0, draw.Next(4) != 0);
        }
        while (!Fits());

        long[]? FilterShape(int factor) => draw.Next(6) switch
        {
            0 => null,
            1 or 2 => [draw.Next(1, 7), draw.Next(1, 7)],
            _ => [draw.Next(1, (6 * factor) + 2)],
        };
    }

    internal void Check(KernelPlace place)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        (Tensor? upFilter, Tensor? downFilter) = (Filter(upShape, random), Filter(downShape, random));
        Tensor x = Ordered(Tensor.RandN(shape, random));
        Tensor[] inputs = hasBias ? [x, Tensor.RandN([shape[1]], random)] : [x];
        Twins.Compare(
            i => FilteredLrelu.Reference(
                i[0], upFilter, downFilter, i.ElementAtOrDefault(1), up, down, padding, gain, slope, clamp, flip),
            i => Apply(place, i[0], upFilter, downFilter, i.ElementAtOrDefault(1)).To(Device.Cpu),
            inputs, random, Tolerance, $"{this}");
    }

    /// <summary>With elements of 16 bits, against the definition in float32 of the same numbers.</summary>
    internal void CheckRounded(KernelPlace place, DType element, double tolerance)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        (Tensor? upFilter, Tensor? downFilter) = (Filter(upShape, random), Filter(downShape, random));
        Tensor x = Ordered(Tensor.RandN(shape, random).To(element)), bias = Tensor.RandN([shape[1]], random).To(element);
        Tensor expected = FilteredLrelu.Reference(
            x.To(DType.Float32), upFilter, downFilter, bias.To(DType.Float32), up, down, padding, gain, slope, clamp, flip);
        Tensor actual = Apply(place, x, upFilter, downFilter, bias);
        Assert.Equal(element, actual.DType);
        Close.To(expected, actual.To(DType.Float32), tolerance, $"{this} in {element}");

        // A factor of the image, which half precision does not hold.
        Tensor factor = Tensor.RandN([shape[0], shape[1]], random) * 1e5;
        Tensor small = (x.To(DType.Float32) * 1e-5).To(element);
        expected = FilteredLrelu.Reference(
            ChannelScale.Reference(small.To(DType.Float32), factor), upFilter, downFilter, bias.To(DType.Float32), up, down,
            padding, gain, slope, clamp, flip);
        actual = Apply(place, small, upFilter, downFilter, bias, factor);
        Close.To(expected, actual.To(DType.Float32), tolerance, $"{this} in {element}, with a factor");
    }

    public override string ToString() =>
        $"x {Shape.Format(shape)}, up {up} by {Shape.Format(upShape)}, down {down} by {Shape.Format(downShape)}, {padding}, "
            + $"clamp {clamp}, flip {flip}, "
        + $"channels-last {channelsLast}";

    private Tensor Apply(
        KernelPlace place, Tensor x, Tensor? upFilter, Tensor? downFilter, Tensor? bias, Tensor? factor = null) =>
            CudaFilteredLrelu.Apply(
        place.Kernels, place.Put(x), place.PutOrNull(upFilter), place.PutOrNull(downFilter), place.PutOrNull(bias), up, down,
        padding, gain, slope, clamp, flip,
        place.PutOrNull(factor));

    private Tensor Ordered(Tensor x) => channelsLast ? x.Contiguous(MemoryFormat.ChannelsLast) : x;

    // As large as those of a network: a sum of one.
    private static Tensor? Filter(long[]? shape, RandomGenerator random) =>
        shape is null ? null : Tensor.RandN(shape, random) / Math.Sqrt(Shape.Count(shape));

    private bool Fits()
    {
        (long width, long height) = ((shape[3] * up) + padding.X0 + padding.X1, (shape[2] * up) + padding.Y0 + padding.Y1);
        (long highWidth, long highHeight) = (width - (upShape?[^1] ?? 1) + 1, height - (upShape?[0] ?? 1) + 1);
        return highWidth >= (downShape?[^1] ?? 1) && highHeight >= (downShape?[0] ?? 1)
            && Math.Max(highWidth, highHeight) <= MostOversampled;
    }
}
