using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary>
/// Everything that follows the convolution of a style layer (low-pass after upsampling, demodulation, noise, bias, leaky ReLU,
/// clamp) in one pass over channels-last memory on the CPU. Its reference implementation is <see cref="Reference"/>.
/// </summary>
internal static unsafe class StyleEpilogue
{
    /// <summary>Whether a tensor can be worked on.</summary>
    internal static bool Accepts(Tensor x) => FastOps.Take(x) && x.Dim == 4 && x.IsChannelsLast;

    /// <summary>The definition: clamp(lrelu(x · factor + noise + bias)).</summary>
    internal static Tensor Reference(Tensor x, in StyleEpilogueArguments call)
    {
        using var scope = new TensorScope();
        x *= call.Factor.Unsqueeze(2).Unsqueeze(3);
        x = call.Noise is null ? x : x + call.Noise;
        return scope.Keep(
            BiasAct.Reference(x, call.Bias, activation: Activation.LeakyRelu, slope: call.Slope, gain: 1, clamp: call.Clamp));
    }

    /// <summary>clamp(lrelu(x · factor + noise + bias)).</summary>
    /// <param name="x">[N, C, H, W] float32 or bfloat16, channels-last on the CPU.</param>
    /// <param name="call">Everything else.</param>
    /// <param name="inPlace">Write the result over <paramref name="x"/>, where it is float32.</param>
    /// <returns>[N, C, H, W] float32 channels-last.</returns>
    internal static Tensor Apply(Tensor x, in StyleEpilogueArguments call, bool inPlace = false)
    {
        long n = x.Size(0), channels = x.Size(1), pixels = x.Size(2) * x.Size(3);
        using var operands = new StyleOperands(call, n, channels, pixels);
        Tensor result = inPlace && x.DType == DType.Float32 ? x : FeaturesLike(x);
        var to = (float*)result.DataPointer;
        if (x.DType == DType.BFloat16)
        {
            LaneLoop.For(n * pixels, LaneLoop.Grain / channels, new Finish<BFloat16Element>(
                to, (void*)x.DataPointer, operands, pixels, channels));
        }
        else
        {
            LaneLoop.For(n * pixels, LaneLoop.Grain / channels, new Finish<Float32Element>(
                to, (void*)x.DataPointer, operands, pixels, channels));
        }

        GC.KeepAlive(x);
        return result;
    }

    /// <summary>The same after a separable filter: <see cref="UpFirDnKernel"/> and <see cref="Apply"/> in one pass.</summary>
    /// <param name="x">[N, C, H, W] float32 or bfloat16, channels-last on the CPU.</param>
    /// <param name="across">Filter along x: W to W'.</param>
    /// <param name="along">Filter along y: H to H'.</param>
    /// <param name="call">Everything else; the noise has the result's size.</param>
    /// <returns>[N, C, H', W'] channels-last.</returns>
    internal static Tensor Filter(Tensor x, ResampleAxis across, ResampleAxis along, in StyleEpilogueArguments call)
    {
        using var scope = new TensorScope();
        long n = x.Size(0), channels = x.Size(1);
        using var operands = new StyleOperands(call, n, channels, (long)along.OutLength * across.OutLength);
        Tensor result = Tensor.Empty([n, along.OutLength, across.OutLength, channels]);
        if (x.DType == DType.BFloat16)
        {
            Run<BFloat16Element>(result, x, across, along, operands);
        }
        else
        {
            Run<Float32Element>(result, x, across, along, operands);
        }

        return scope.Keep(result.Permute(0, 3, 1, 2));
    }

    private static void Run<TFrom>(Tensor result, Tensor x, ResampleAxis across, ResampleAxis along, StyleOperands operands)
        where TFrom : struct, IElement
    {
        long channels = x.Size(1);
        var kernel = new FilterAndFinish<TFrom>(
            (float*)result.DataPointer, (void*)x.DataPointer, operands, across.Length, along.Length, channels, across.Table(),
            along.Table());
        LaneLoop.For(x.Size(0) * along.OutLength, LaneLoop.Grain / (across.OutLength * channels), kernel);
        GC.KeepAlive(x);
    }

    // Memory for float32 features of the same shape, channels-last.
    private static Tensor FeaturesLike(Tensor x)
    {
        using Tensor rows = Tensor.Empty([x.Size(0), x.Size(2), x.Size(3), x.Size(1)]);
        return rows.Permute(0, 3, 1, 2);
    }

    private readonly struct Finish<TFrom>(float* to, void* x, StyleOperands o, long pixels, long channels) : ILaneKernel
        where TFrom : struct, IElement
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            for (long i = begin; i < end; i++)
            {
                long sample = i / pixels;
                float noise = o.NoiseAt(sample, i - (sample * pixels));
                StyleRows.Finish<T, TFrom>(
                    to + (i * channels), x, i * channels, o.Factor + (sample * channels), o.Bias, noise, o.Slope, o.Limit,
                    channels);
            }
        }
    }

    private readonly struct FilterAndFinish<TFrom>(
        float* to, void* x, StyleOperands o, long width, long height, long channels, ResampleTable across, ResampleTable along)
            : ILaneKernel
        where TFrom : struct, IElement
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            int rows = along.First.Length, columns = across.First.Length;
            var memory = new float[width * channels];
            fixed (float* mixed = memory)
            {
                for (long i = begin; i < end; i++)
                {
                    long sample = i / rows, y = i - (sample * rows);
                    ResampleRows.Vertical<T, TFrom>(
                        mixed, x, sample * height * width * channels, width * channels, along, (int)y);
                    float* row = to + (i * columns * channels);
                    ResampleRows.Horizontal<T>(row, mixed, channels, across);
                    for (long column = 0; column < columns; column++)
                    {
                        float* pixel = row + (column * channels);
                        float noise = o.NoiseAt(sample, (y * columns) + column);
                        StyleRows.Finish<T, Float32Element>(
                            pixel, pixel, 0, o.Factor + (sample * channels), o.Bias, noise, o.Slope, o.Limit, channels);
                    }
                }
            }
        }
    }
}
