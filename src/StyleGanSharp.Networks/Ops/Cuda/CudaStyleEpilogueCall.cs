using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>One application of the kernel <c>style_epilogue</c>.</summary>
/// <param name="Kernels">What launches.</param>
/// <param name="Slope">Slope of the leaky ReLU below zero; positive.</param>
/// <param name="Gain">Factor after it; positive.</param>
/// <param name="Limit">Limit of the magnitude; negative: none.</param>
internal sealed record CudaStyleEpilogueCall(ICudaKernels Kernels, float Slope, float Gain, float Limit)
{
    /// <summary>The same from where the operands have been added up: its gradient is also this operator's.</summary>
    internal BiasActCall AfterSum => new(Kernels, 1, Activation.LeakyRelu, Slope, Gain, Limit);

    /// <summary>The one-pass operator.</summary>
    /// <param name="x">[N, C, H, W], dense.</param>
    /// <param name="factor">[N, C], or null. Read as float32, like the other two.</param>
    /// <param name="noise">[H, W] or [N, 1, H, W], or null.</param>
    /// <param name="bias">[C].</param>
    /// <param name="target">In the order of <paramref name="x"/>, or <paramref name="x"/> itself.</param>
    internal void Run(Tensor x, Tensor? factor, Tensor? noise, Tensor bias, Tensor target)
    {
        (long n, long channels, long pixels) = (target.Size(0), target.Size(1), target.Size(2) * target.Size(3));
        Shape.Require(bias, [channels]);
        if (factor is not null)
        {
            Shape.Require(factor, [n, channels]);
        }

        if (noise is not null && noise.Count != pixels && noise.Count != n * pixels)
        {
            throw new ShapeException(
                $"noise of shape {Shape.Format(noise.Shape)} does not fit {n} images of {pixels} pixels", nameof(noise));
        }

        using var scope = new TensorScope();
        Tensor? plainFactor = factor?.To(DType.Float32).Contiguous(), plainNoise = noise?.To(DType.Float32).Contiguous();
        Tensor plainBias = bias.To(DType.Float32).Contiguous();
        var parameters = new StyleEpilogueParameters
        {
            X = x.DataPointer,
            Factor = plainFactor?.DataPointer ?? 0,
            Noise = plainNoise?.DataPointer ?? 0,
            Bias = plainBias.DataPointer,
            Target = target.DataPointer,
            Count = target.Count,
            Channels = channels,
            Height = target.Size(2),
            Width = target.Size(3),
            NoiseStride = noise is not null && noise.Count > pixels ? pixels : 0,
            ChannelsLast = CudaLayout.IsChannelsLast(target) ? 1 : 0,
            Slope = Slope,
            Gain = Gain,
            Limit = Limit,
        };
        Kernels.Launch(CudaSources.Of(CudaStyleEpilogue.File, x.DType), "style_epilogue", x.Device, CudaLaunch.ForElements(
            target.Count), parameters);
        GC.KeepAlive((x, target));
    }
}
