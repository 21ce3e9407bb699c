using System.Numerics;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary>
/// A 1x1 convolution to a few colours, which libtorch's convolutions are slow at: one pass over channels-last features on the
/// CPU. The fast form of <see cref="ModulatedConv2d"/> without demodulation, followed by <see cref="BiasAct"/>.
/// </summary>
internal static unsafe class ColourProjection
{
    private const long Grain = 1 << 14;

    /// <summary>Whether a tensor can be worked on.</summary>
    internal static bool Accepts(Tensor x) => StyleEpilogue.Accepts(x);

    /// <summary>clamp(weight · x + bias) for every pixel.</summary>
    /// <param name="x">[N, C, H, W] float32 channels-last on the CPU.</param>
    /// <param name="weight">Weights of each sample, [N, K, C] float32.</param>
    /// <param name="bias">[K].</param>
    /// <param name="clamp">Limit of the magnitude; null: none.</param>
    /// <returns>[N, K, H, W] float32, row-major.</returns>
    internal static Tensor Apply(Tensor x, Tensor weight, Tensor bias, double? clamp)
    {
        long n = x.Size(0), channels = x.Size(1), pixels = x.Size(2) * x.Size(3), colours = bias.Size(0);
        Shape.Require(weight, [n, colours, channels]);
        using var scope = new TensorScope();
        Tensor plainWeight = weight.Contiguous(), plainBias = bias.Contiguous();
        Tensor result = Tensor.Empty([n, colours, x.Size(2), x.Size(3)]);
        var source = (float*)x.DataPointer;
        var target = (float*)result.DataPointer;
        var weights = (float*)plainWeight.DataPointer;
        var biases = (float*)plainBias.DataPointer;
        float limit = clamp is double c ? (float)c : float.PositiveInfinity;

        TorchParallel.For(0, n * pixels, Math.Max(1, Grain / channels), (begin, end) =>
        {
            for (long i = begin; i < end; i++)
            {
                long sample = i / pixels;
                float* to = target + (sample * colours * pixels) + (i - (sample * pixels));
                float* rows = weights + (sample * colours * channels);
                for (long k = 0; k < colours; k++)
                {
                    float v = Dot(source + (i * channels), rows + (k * channels), channels) + biases[k];
                    to[k * pixels] = Math.Min(limit, Math.Max(-limit, v));
                }
            }
        });
        GC.KeepAlive(x);
        return scope.Keep(result);
    }

    private static float Dot(float* a, float* b, long count)
    {
        Vector<float> sum = Vector<float>.Zero;
        long i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum = Vector.FusedMultiplyAdd(Vector.Load(a + i), Vector.Load(b + i), sum);
        }

        float total = Vector.Sum(sum);
        for (; i < count; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }
}
