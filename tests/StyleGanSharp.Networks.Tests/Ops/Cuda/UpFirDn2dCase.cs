using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>One call of <c>upfirdn2d</c> with everything drawn from a number.</summary>
internal sealed class UpFirDn2dCase
{
    internal const int Count = 80;

    private const double Tolerance = 5e-6;

    private static readonly int[] Factors = [1, 2, 4];

    private readonly int number;
    private readonly long[] shape;
    private readonly long[]? filterShape;
    private readonly (int X, int Y) up, down;
    private readonly Padding padding;
    private readonly bool flip, channelsLast;
    private readonly double gain;

    internal UpFirDn2dCase(int number)
    {
        this.number = number;
        var draw = new Random(number);
        do
        {
            shape = [draw.Next(1, 3), draw.Next(1, 5), draw.Next(1, 10), draw.Next(1, 10)];
            filterShape = draw.Next(5) switch { 0 => null, 1 or 2 => [draw.Next(1, 8)], _ => [draw.Next(1, 7), draw.Next(1, 7)] };
            (up, down) = ((Factor(), Factor()), (Factor(), Factor()));
            padding = new Padding(draw.Next(-3, 6), draw.Next(-3, 6), draw.Next(-3, 6), draw.Next(-3, 6));
            (flip, channelsLast, gain) = (draw.Next(2) == 0, draw.Next(2) == 0, 0.5 + draw.NextDouble());
        }
        while (!Fits());

        int Factor() => Factors[draw.Next(3)];
    }

    internal void Check(KernelPlace place)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        Tensor? filter = filterShape is null ? null : Tensor.RandN(filterShape, random);
        Twins.Compare(
            i => UpFirDn2d.Reference(i[0], filter, up, down, padding, flip, gain),
            i => Apply(place, i[0], filter).To(Device.Cpu),
            [Ordered(Tensor.RandN(shape, random))], random, Tolerance, $"{this}");
    }

    /// <summary>With elements of 16 bits, against the definition in float32 of the same numbers.</summary>
    internal void CheckRounded(KernelPlace place, DType element, double tolerance)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        Tensor x = Ordered(Tensor.RandN(shape, random).To(element)), filter = Tensor.RandN(filterShape ?? [1], random);
        Tensor actual = Apply(place, x, filter);
        Assert.Equal(element, actual.DType);

        // Between rows and columns of a separable filter numbers are rounded, too, and then multiplied by up to all of its taps.
        tolerance *= filter.Dim == 1 ? 4 : 1;
        Close.To(UpFirDn2d.Reference(x.To(DType.Float32), filter, up, down, padding, flip, gain), actual.To(DType.Float32),
            tolerance, $"{this} in {element}");
    }

    public override string ToString() =>
        $"x {Shape.Format(shape)}, filter {(filterShape is null ? "none" : Shape.Format(filterShape))}, up {up}, down {down}, "
            + $"{padding}, flip {flip}, channels-last {channelsLast}";

    private Tensor Apply(KernelPlace place, Tensor x, Tensor? filter) =>
        CudaUpFirDn2d.Apply(place.Kernels, place.Put(x), place.PutOrNull(filter), up, down, padding, flip, gain);

    private Tensor Ordered(Tensor x) => channelsLast ? x.Contiguous(MemoryFormat.ChannelsLast) : x;

    // Padding that crops the whole image away has no meaning; the definition refuses filters that are too large.
    private bool Fits()
    {
        (long width, long height) = ((shape[3] * up.X) + padding.X0 + padding.X1, (shape[2] * up.Y) + padding.Y0 + padding.Y1);
        return width >= (filterShape?[^1] ?? 1) && height >= (filterShape?[0] ?? 1);
    }
}
