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
    /// <param name="call">Everything else.</param>
    internal static void Apply(Tensor x, in StyleEpilogueArguments call)
    {
        long n = x.Size(0), channels = x.Size(1), pixels = x.Size(2) * x.Size(3);
        using var operands = new Operands(call, n, channels, pixels);
        Operands o = operands;
        var data = (float*)x.DataPointer;
        TorchParallel.For(0, n * pixels, Math.Max(1, Grain / channels), (begin, end) =>
        {
            for (long i = begin; i < end; i++)
            {
                long sample = i / pixels;
                Pixel(data + (i * channels), data + (i * channels), o, sample, i - (sample * pixels), channels);
            }
        });
        GC.KeepAlive(x);
    }

    /// <summary>
    /// The same after upsampling in phases: interleaves them, applies the 3x3 low-pass outer(taps, taps), and finishes, in one pass.
    /// The fast twin of <see cref="PhaseUpsampling.Interleave"/>, <see cref="PhaseUpsampling.Smooth"/> and <see cref="Apply"/>.
    /// </summary>
    /// <param name="phases">[N, 4·C, H+1, W+1] float32 channels-last on the CPU, the phases (y, x) outermost among the channels.</param>
    /// <param name="taps">Three taps of the low-pass, symmetric, the same in both directions.</param>
    /// <param name="call">Everything else.</param>
    /// <returns>[N, C, 2H, 2W] channels-last.</returns>
    internal static Tensor Interleave(Tensor phases, ReadOnlySpan<float> taps, in StyleEpilogueArguments call)
    {
        long n = phases.Size(0), channels = phases.Size(1) / 4, rows = phases.Size(2), columns = phases.Size(3);
        long height = 2 * (rows - 1), width = 2 * (columns - 1);
        Tensor result = Tensor.Empty([n, height, width, channels]);
        using var operands = new Operands(call, n, channels, height * width);
        Operands o = operands;
        var source = (float*)phases.DataPointer;
        var target = (float*)result.DataPointer;
        var (outer, inner) = (taps[0] * taps[0], taps[1] * taps[1]);
        float side = taps[0] * taps[1];

        TorchParallel.For(0, n * height, Math.Max(1, Grain / (channels * width)), (begin, end) =>
        {
            float** row = stackalloc float*[3];
            for (long line = begin; line < end; line++)
            {
                long sample = line / height, y = line - (sample * height);
                for (int i = 0; i < 3; i++)
                {
                    // Interleaved row y+i lies in row (y+i)/2 of the phases, in the half of the channels that (y+i) mod 2 names.
                    row[i] = source + (((((sample * rows) + ((y + i) >> 1)) * columns * 2) + ((y + i) & 1)) * 2 * channels);
                }

                for (long x = 0; x < width; x++)
                {
                    float* to = target + (((line * width) + x) * channels);
                    Smooth(to, row, x, channels, outer, side, inner);
                    Pixel(to, to, o, sample, (y * width) + x, channels);
                }
            }
        });
        GC.KeepAlive(phases);
        return result.Permute(0, 3, 1, 2);
    }

    // to[c] := 3x3 low-pass at interleaved column x of three interleaved rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Smooth(float* to, float** row, long x, long channels, float outer, float side, float inner)
    {
        // Column x+j lies at phase pixel (x+j)/2, in the quarter (x+j) mod 2 of its row's half: four quarters a pixel.
        long c0 = (((x >> 1) * 4) + (x & 1)) * channels;
        long c1 = ((((x + 1) >> 1) * 4) + ((x + 1) & 1)) * channels;
        long c2 = ((((x + 2) >> 1) * 4) + (x & 1)) * channels;
        float* a = row[0], b = row[1], d = row[2];
        long i = 0;
        var (outers, sides, inners) = (new Vector<float>(outer), new Vector<float>(side), new Vector<float>(inner));
        for (; i <= channels - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> corners = Vector.Load(a + c0 + i) + Vector.Load(a + c2 + i) + Vector.Load(d + c0 + i) + Vector.Load(d + c2 + i);
            Vector<float> edges = Vector.Load(a + c1 + i) + Vector.Load(b + c0 + i) + Vector.Load(b + c2 + i) + Vector.Load(d + c1 + i);
            ((corners * outers) + (edges * sides) + (Vector.Load(b + c1 + i) * inners)).Store(to + i);
        }

        for (; i < channels; i++)
        {
            float corners = a[c0 + i] + a[c2 + i] + d[c0 + i] + d[c2 + i];
            float edges = a[c1 + i] + b[c0 + i] + b[c2 + i] + d[c1 + i];
            to[i] = (corners * outer) + (edges * side) + (b[c1 + i] * inner);
        }
    }

    // One pixel: all its channels lie side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pixel(float* to, float* x, in Operands o, long sample, long pixel, long channels)
    {
        float* factor = o.Factor + (sample * channels);
        float noise = o.Noise is null ? 0 : o.Noise[(sample * o.NoiseStride) + pixel];
        long i = 0;
        var (added, slopes) = (new Vector<float>(noise), new Vector<float>(o.Slope));
        var (high, low) = (new Vector<float>(o.Limit), new Vector<float>(-o.Limit));
        for (; i <= channels - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = (Vector.Load(x + i) * Vector.Load(factor + i)) + (added + Vector.Load(o.Bias + i));
            v = Vector.ConditionalSelect(Vector.GreaterThan(v, Vector<float>.Zero), v, v * slopes);
            Vector.Min(high, Vector.Max(low, v)).Store(to + i);
        }

        for (; i < channels; i++)
        {
            float v = (x[i] * factor[i]) + (noise + o.Bias[i]);
            v = v > 0 ? v : v * o.Slope;
            to[i] = Math.Min(o.Limit, Math.Max(-o.Limit, v));
        }
    }

    /// <summary>The small operands as addresses; keeps their tensors alive until disposed.</summary>
    private readonly struct Operands : IDisposable
    {
        private readonly Tensor factor;
        private readonly Tensor bias;
        private readonly Tensor? noise;

        internal Operands(in StyleEpilogueArguments call, long n, long channels, long pixels)
        {
            Shape.Require(call.Factor, [n, channels]);
            Shape.Require(call.Bias, [channels]);
            if (call.Noise is not null && call.Noise.Count != pixels && call.Noise.Count != n * pixels)
            {
                throw new ShapeException($"noise of shape {Shape.Format(call.Noise.Shape)} does not fit {n} pictures of {pixels} pixels", nameof(call));
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

        public void Dispose()
        {
            factor.Dispose();
            bias.Dispose();
            noise?.Dispose();
        }
    }
}
