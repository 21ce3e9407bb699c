using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>One application of the kernels in <c>style_epilogue.cu</c>.</summary>
/// <param name="Kernels">What launches.</param>
/// <param name="Slope">Slope of the leaky ReLU below zero; positive.</param>
/// <param name="Gain">Factor after it; positive.</param>
/// <param name="Limit">Limit of the magnitude; negative: none.</param>
internal sealed record StyleEpilogueCall(ICudaKernels Kernels, float Slope, float Gain, float Limit)
{
    /// <summary>The same from where the operands have been added up: its gradient is also this operator's.</summary>
    internal BiasActCall AfterSum => new(Kernels, 1, Activation.LeakyRelu, Slope, Gain, Limit);

    /// <summary>The one-pass operator.</summary>
    /// <param name="x">[N, C, H, W], dense.</param>
    /// <param name="factor">[N, C], or null.</param>
    /// <param name="noise">[H, W] or [N, 1, H, W], or null.</param>
    /// <param name="bias">[C].</param>
    /// <param name="target">In the order of <paramref name="x"/>, or <paramref name="x"/> itself.</param>
    internal void Run(Tensor x, Tensor? factor, Tensor? noise, Tensor bias, Tensor target) =>
        Launch("style_epilogue", x, factor, noise, bias, target, default, (0, 0, 0));

    /// <summary>The same after the phases of an upsampled image have been interleaved and smoothed.</summary>
    /// <param name="phases">[N, 4·C, H/2 + 1, W/2 + 1], the phases (y, x) outermost among the channels.</param>
    /// <param name="taps">Three taps of the low-pass, symmetric, the same in both directions.</param>
    /// <param name="factor">[N, C], or null.</param>
    /// <param name="noise">[H, W] or [N, 1, H, W], or null.</param>
    /// <param name="bias">[C].</param>
    /// <param name="target">[N, C, H, W], dense.</param>
    internal void RunOfPhases(Tensor phases, ReadOnlySpan<float> taps, Tensor? factor, Tensor? noise, Tensor bias, Tensor target) => Launch(
        "style_epilogue_of_phases", phases, factor, noise, bias, target, ImageStrides.Of(phases), (taps[0] * taps[0], taps[0] * taps[1], taps[1] * taps[1]));

    private void Launch(
        string kernel, Tensor x, Tensor? factor, Tensor? noise, Tensor bias, Tensor target, ImageStrides phases, (float Corner, float Edge, float Centre) window)
    {
        (long n, long channels, long pixels) = (target.Size(0), target.Size(1), target.Size(2) * target.Size(3));
        Shape.Require(bias, [channels]);
        if (factor is not null)
        {
            Shape.Require(factor, [n, channels]);
        }

        if (noise is not null && noise.Count != pixels && noise.Count != n * pixels)
        {
            throw new ShapeException($"noise of shape {Shape.Format(noise.Shape)} does not fit {n} pictures of {pixels} pixels", nameof(noise));
        }

        using Tensor? plainFactor = factor?.Contiguous(), plainNoise = noise?.Contiguous();
        using Tensor plainBias = bias.Contiguous();
        var parameters = new StyleEpilogueParameters
        {
            X = x.DataPointer,
            Factor = plainFactor?.DataPointer ?? 0,
            Noise = plainNoise?.DataPointer ?? 0,
            Bias = plainBias.DataPointer,
            Target = target.DataPointer,
            Phases = phases,
            Count = target.Count,
            Channels = channels,
            Height = target.Size(2),
            Width = target.Size(3),
            NoiseStride = noise is not null && noise.Count > pixels ? pixels : 0,
            ChannelsLast = CudaLayout.IsChannelsLast(target) ? 1 : 0,
            Slope = Slope,
            Gain = Gain,
            Limit = Limit,
            Corner = window.Corner,
            Edge = window.Edge,
            Centre = window.Centre,
        };
        Kernels.Launch(CudaSources.Of(CudaStyleEpilogue.File, x.DType), kernel, x.Device, CudaLaunch.ForElements(target.Count), parameters);
        GC.KeepAlive((x, target));
    }
}
