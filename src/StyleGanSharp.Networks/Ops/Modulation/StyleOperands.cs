using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary>The small operands of <see cref="StyleEpilogue"/> as addresses; keeps their tensors alive until disposed.</summary>
internal readonly unsafe struct StyleOperands : IDisposable
{
    private readonly Tensor factor;
    private readonly Tensor bias;
    private readonly Tensor? noise;

    internal StyleOperands(in StyleEpilogueArguments call, long n, long channels, long pixels)
    {
        Shape.Require(call.Factor, [n, channels]);
        Shape.Require(call.Bias, [channels]);
        if (call.Noise is not null && call.Noise.Count != pixels && call.Noise.Count != n * pixels)
        {
            throw new ShapeException(
                $"noise of shape {Shape.Format(call.Noise.Shape)} does not fit {n} images of {pixels} pixels", nameof(call));
        }

        (factor, bias, noise) = (call.Factor.Contiguous(), call.Bias.Contiguous(), call.Noise?.Contiguous());
        Factor = (float*)factor.DataPointer;
        Bias = (float*)bias.DataPointer;
        Noise = noise is null ? null : (float*)noise.DataPointer;
        NoiseStride = noise is not null && noise.Count > pixels ? pixels : 0;
        Slope = (float)call.Slope;
        Limit = call.Clamp is double clamp ? (float)clamp : float.PositiveInfinity;
    }

    internal float* Factor { get; }

    internal float* Bias { get; }

    internal float* Noise { get; }

    internal long NoiseStride { get; }

    internal float Slope { get; }

    internal float Limit { get; }

    /// <summary>The noise of a pixel; 0 where there is none.</summary>
    internal float NoiseAt(long sample, long pixel) => Noise is null ? 0 : Noise[(sample * NoiseStride) + pixel];

    public void Dispose()
    {
        factor.Dispose();
        bias.Dispose();
        noise?.Dispose();
    }
}
