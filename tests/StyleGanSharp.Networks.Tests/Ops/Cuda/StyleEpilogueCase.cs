using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>One call of the kernel <c>style_epilogue</c> with everything drawn from a number.</summary>
internal sealed class StyleEpilogueCase
{
    internal const int Count = 24;

    private const double Tolerance = 5e-6;

    private readonly int number;
    private readonly long n, channels, height, width;
    private readonly bool channelsLast, hasFactor, hasNoise, ownNoise;
    private readonly double? clamp;

    internal StyleEpilogueCase(int number)
    {
        this.number = number;
        var draw = new Random(2000 + number);
        (n, channels, height, width) = (draw.Next(1, 4), draw.Next(1, 9), draw.Next(1, 9), draw.Next(1, 9));
        (channelsLast, hasFactor, hasNoise, ownNoise) = (
            draw.Next(2) == 0, draw.Next(3) != 0, draw.Next(3) != 0, draw.Next(2) == 0);
        clamp = draw.Next(2) == 0 ? null : 0.9;
    }

    internal void Check(KernelPlace place)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        Tensor[] inputs =
            [Ordered(Tensor.RandN([n, channels, height, width], random)), Tensor.RandN([channels], random), .. Optional(random)];
        Twins.Compare(
            i => Definition(i[0], hasFactor ? i[2] : null, hasNoise ? i[^1] : null, i[1], 1.3),
            i => CudaStyleEpilogue.Apply(
                place.Kernels, place.Put(i[0]), hasFactor
                    ? place.Put(i[2]) : null, hasNoise ? place.Put(i[^1]) : null, place.Put(i[1]), 0.2, 1.3,
                clamp).To(Device.Cpu),
            inputs, random, Tolerance, $"case {number}");
    }

    /// <summary>With elements of 16 bits, against the definition in float32 of the same numbers.</summary>
    internal void CheckRounded(KernelPlace place, DType element, double tolerance)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        Tensor x = Ordered(Tensor.RandN([n, channels, height, width], random).To(element)), bias = Tensor.RandN(
            [channels], random).To(element);
        Tensor factor = Tensor.RandN([n, channels], random).To(element), noise = Noise(height, width, random).To(element);
        Tensor actual = CudaStyleEpilogue.Apply(
            place.Kernels, place.Put(x), place.Put(factor), place.Put(noise), place.Put(bias), 0.2, 1.3, clamp);
        Assert.Equal(element, actual.DType);
        Close.To(Definition(x.To(DType.Float32), factor, noise, bias, 1.3), actual.To(DType.Float32), tolerance,
            $"case {number} in {element}");
    }

    /// <summary>With features of 16 bits and small operands in float32, against what runs where there is no kernel.</summary>
    internal void CheckFloatOperands(KernelPlace place, DType element, double tolerance)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        Tensor x = Tensor.RandN([n, channels, height, width], random).To(element).Contiguous(MemoryFormat.ChannelsLast);

        // Beyond what half precision holds: rounded operands would give infinity.
        Tensor factor = Tensor.RandN([n, channels], random) * 1e5, noise = Noise(height, width, random) * 1e5,
            bias = Tensor.RandN([channels], random) * 1e5;
        Tensor expected = SixteenBitConv2d.Finish(x, new StyleEpilogueArguments(factor, noise, bias, 0.2, 5e4), 1.3);
        Tensor actual = CudaStyleEpilogue.Apply(
            place.Kernels, place.Put(x), place.Put(factor), place.Put(noise), place.Put(bias), 0.2, 1.3, 5e4);
        Assert.Equal(element, actual.DType);
        Assert.True(actual.IsChannelsLast);
        Close.To(expected.To(DType.Float32), actual.To(Device.Cpu).To(DType.Float32), tolerance,
            $"case {number} in {element}, operands in float32");
    }

    private Tensor Definition(Tensor x, Tensor? factor, Tensor? noise, Tensor bias, double gain)
    {
        x = factor is null ? x : x * factor.To(DType.Float32).Reshape(n, channels, 1, 1);
        x = noise is null ? x : x + noise.To(DType.Float32);
        return BiasAct.Reference(x, bias.To(DType.Float32), activation: Activation.LeakyRelu, gain: gain, clamp: clamp);
    }

    private IEnumerable<Tensor> Optional(RandomGenerator random)
    {
        if (hasFactor)
        {
            yield return Tensor.RandN([n, channels], random);
        }

        if (hasNoise)
        {
            yield return Noise(height, width, random);
        }
    }

    private Tensor Noise(long rows, long columns, RandomGenerator random) =>
        Tensor.RandN(ownNoise ? [n, 1, rows, columns] : [rows, columns], random);

    private Tensor Ordered(Tensor x) => channelsLast ? x.Contiguous(MemoryFormat.ChannelsLast) : x;
}
