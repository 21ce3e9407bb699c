using System.Numerics;
using System.Runtime.CompilerServices;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// Everything that follows the convolution of a style layer (demodulation, noise, bias, leaky ReLU, clamp) in one pass over
/// memory instead of five: inference on the CPU, channels-last. The fast twin of <see cref="BiasAct"/> after a multiplication and an addition.
/// </summary>
internal static unsafe class StyleEpilogue
{
    // Elements that one thread takes at least; below, starting a second thread costs more than it saves.
    private const long Grain = 1 << 14;

    /// <summary>Whether a tensor can be worked on.</summary>
    internal static bool Accepts(Tensor x) => x.DType == DType.Float32 && x.Device.Type == DeviceType.Cpu && x.IsChannelsLast;

    /// <summary>x := clamp(lrelu(x · factor + noise + bias)), in place.</summary>
    /// <param name="x">[N, C, H, W] float32 channels-last on the CPU.</param>
    /// <param name="factor">Per sample and channel, [N, C].</param>
    /// <param name="noise">[H, W] or [N, 1, H, W]; null: none.</param>
    /// <param name="bias">[C].</param>
    /// <param name="slope">Slope below zero.</param>
    /// <param name="clamp">Limit of the magnitude; null: none.</param>
    internal static void Apply(Tensor x, Tensor factor, Tensor? noise, Tensor bias, double slope, double? clamp)
    {
        long n = x.Size(0), channels = x.Size(1), pixels = x.Size(2) * x.Size(3);
        Shape.Require(factor, [n, channels]);
        Shape.Require(bias, [channels]);
        using var scope = new TensorScope();
        Tensor plainFactor = factor.Contiguous(), plainBias = bias.Contiguous();
        Tensor? plainNoise = noise?.Contiguous();
        var data = (float*)x.DataPointer;
        var factors = (float*)plainFactor.DataPointer;
        var biases = (float*)plainBias.DataPointer;
        float* noises = plainNoise is null ? null : (float*)plainNoise.DataPointer;
        long noiseStride = plainNoise is { Dim: 4 } && n > 1 ? pixels : 0;
        (float s, float limit) = ((float)slope, clamp is double c ? (float)c : float.PositiveInfinity);

        TorchParallel.For(0, n * pixels, Math.Max(1, Grain / channels), (begin, end) =>
        {
            for (long i = begin; i < end; i++)
            {
                long sample = i / pixels, pixel = i - (sample * pixels);
                float added = noises is null ? 0 : noises[(sample * noiseStride) + pixel];
                Row(data + (i * channels), factors + (sample * channels), biases, added, s, limit, channels);
            }
        });
        GC.KeepAlive(plainNoise);
    }

    // One pixel: all its channels lie side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(float* x, float* factor, float* bias, float noise, float slope, float limit, long count)
    {
        long i = 0;
        var (added, slopes) = (new Vector<float>(noise), new Vector<float>(slope));
        var (high, low) = (new Vector<float>(limit), new Vector<float>(-limit));
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = (Vector.Load(x + i) * Vector.Load(factor + i)) + (added + Vector.Load(bias + i));
            v = Vector.ConditionalSelect(Vector.GreaterThan(v, Vector<float>.Zero), v, v * slopes);
            Vector.Min(high, Vector.Max(low, v)).Store(x + i);
        }

        for (; i < count; i++)
        {
            float v = (x[i] * factor[i]) + (noise + bias[i]);
            v = v > 0 ? v : v * slope;
            x[i] = Math.Min(limit, Math.Max(-limit, v));
        }
    }
}
