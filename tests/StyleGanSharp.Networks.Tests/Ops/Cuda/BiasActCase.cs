using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>One call of <c>bias_act</c> with everything drawn from a number.</summary>
internal sealed class BiasActCase
{
    internal const int Count = 72;

    private const double Tolerance = 2e-6;

    private readonly int number;
    private readonly Activation activation;
    private readonly double? gain, clamp;
    private readonly int dim;
    private readonly long[] shape;
    private readonly bool channelsLast, hasBias;

    internal BiasActCase(int number)
    {
        this.number = number;
        activation = Enum.GetValues<Activation>()[number % 9];
        clamp = number / 9 % 2 == 0 ? null : 0.63;
        gain = number / 18 % 2 == 0 ? null : 1.7;
        (shape, dim, channelsLast) = (number / 9 % 4) switch
        {
            0 => ((long[])[2, 3, 5, 4], 1, false),
            1 => ([2, 5, 3, 7], 1, true),
            2 => ([9, 31], 1, false),
            _ => ([3, 4, 2, 6], 3, false),
        };
        hasBias = number % 7 != 0;
    }

    internal void Check(KernelPlace place)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        Tensor x = Tensor.RandN(shape, random);
        x = channelsLast ? x.Contiguous(MemoryFormat.ChannelsLast) : x;
        Tensor[] inputs = hasBias ? [x, Tensor.RandN([shape[dim]], random)] : [x];
        Twins.Compare(
            i => BiasAct.Reference(i[0], i.ElementAtOrDefault(1), dim, activation, gain: gain, clamp: clamp),
            i => CudaBiasAct.Apply(
                place.Kernels, place.Put(i[0]), place.PutOrNull(i.ElementAtOrDefault(1)), dim, activation, null, gain, clamp).To(
                    Device.Cpu),
            inputs, random, Tolerance, $"{activation} {Shape.Format(shape)}, gain {gain}, clamp {clamp}");
    }

    /// <summary>With elements of 16 bits, against the definition in float32 of the same numbers.</summary>
    internal void CheckRounded(KernelPlace place, DType element, double tolerance)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        Tensor x = Tensor.RandN(shape, random).To(element), bias = Tensor.RandN([shape[dim]], random).To(element);
        Tensor expected = BiasAct.Reference(
            x.To(DType.Float32), bias.To(DType.Float32), dim, activation, gain: gain, clamp: clamp);
        Tensor actual = CudaBiasAct.Apply(place.Kernels, place.Put(x), place.Put(bias), dim, activation, null, gain, clamp);
        Assert.Equal(element, actual.DType);
        Close.To(expected, actual.To(DType.Float32), tolerance, $"{activation} in {element}");
    }
}
