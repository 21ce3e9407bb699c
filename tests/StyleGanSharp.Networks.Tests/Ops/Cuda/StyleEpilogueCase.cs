using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>One call of the kernels in <c>style_epilogue.cu</c> with everything drawn from a number.</summary>
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
        (channelsLast, hasFactor, hasNoise, ownNoise) = (draw.Next(2) == 0, draw.Next(3) != 0, draw.Next(3) != 0, draw.Next(2) == 0);
        clamp = draw.Next(2) == 0 ? null : 0.9;
    }

    internal void Check(KernelPlace place)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        Tensor[] inputs = [Ordered(Tensor.RandN([n, channels, height, width], random)), Tensor.RandN([channels], random), .. Optional(random)];
        Twins.Compare(
            i => Definition(i[0], hasFactor ? i[2] : null, hasNoise ? i[^1] : null, i[1], 1.3),
            i => CudaStyleEpilogue.Apply(
                place.Kernels, place.Put(i[0]), hasFactor ? place.Put(i[2]) : null, hasNoise ? place.Put(i[^1]) : null, place.Put(i[1]), 0.2, 1.3,
                clamp).To(Device.Cpu),
            inputs, random, Tolerance, $"case {number}");
    }

    /// <summary>The end of a prepared convolution, of an image and of the phases of one.</summary>
    internal void CheckPrepared(KernelPlace place, DType element, double tolerance)
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator((ulong)number);
        float[] taps = [0.25f, 0.5f, 0.25f];
        Tensor image = Ordered(Tensor.RandN([n, channels, 2 * height, 2 * width], random).To(element));
        Tensor phases = Ordered(Tensor.RandN([n, 4 * channels, height + 1, width + 1], random).To(element));
        Tensor factor = Tensor.RandN([n, channels], random).To(element), bias = Tensor.RandN([channels], random).To(element);
        Tensor? noise = hasNoise ? Noise(2 * height, 2 * width, random).To(element) : null;
        Tensor smooth = PhaseUpsampling.Smooth(PhaseUpsampling.Interleave(phases.To(DType.Float32)), taps);
        var rest = new StyleEpilogueArguments(place.Put(factor), place.PutOrNull(noise), place.Put(bias), 0.2, clamp);

        Close.To(
            Definition(smooth, factor, noise, bias, 1), CudaStyleEpilogue.Finish(place.Kernels, place.Put(phases), taps, rest).To(DType.Float32), tolerance,
            "phases");
        Tensor expected = Definition(image.To(DType.Float32), factor, noise, bias, 1);
        Close.To(expected, CudaStyleEpilogue.Finish(place.Kernels, place.Put(image), null, rest).To(DType.Float32), tolerance, "image");
    }

    private Tensor Definition(Tensor x, Tensor? factor, Tensor? noise, Tensor bias, double gain)
    {
        x = factor is null ? x : x * factor.To(DType.Float32).Reshape(n, channels, 1, 1);
        x = noise is null ? x : x + noise.To(DType.Float32);
        return BiasAct.Apply(x, bias.To(DType.Float32), activation: Activation.LeakyRelu, gain: gain, clamp: clamp);
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

    private Tensor Noise(long rows, long columns, RandomGenerator random) => Tensor.RandN(ownNoise ? [n, 1, rows, columns] : [rows, columns], random);

    private Tensor Ordered(Tensor x) => channelsLast ? x.Contiguous(MemoryFormat.ChannelsLast) : x;
}
