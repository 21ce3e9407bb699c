using System.Buffers;
using System.Runtime.Intrinsics;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// The fast form of reflecting, upsampling by two and sampling bilinearly, for float32 on the CPU. Every sample is a weighted sum
/// of 7x7 pixels whose weights are a product of those along x and y, so that neither the padded nor the upsampled image is ever
/// made.
/// </summary>
/// <param name="geometry">Where the samples lie.</param>
/// <param name="spread">The adjoint: adds every sample to the pixels it is made of.</param>
internal sealed unsafe class WarpSampling(WarpGeometry geometry, bool spread = false) : AutogradFunction
{
    private const int Taps = 7;

    // Weights of pixels from m-3 on, for the upsampled pixels 2m, 2m+1 and 2m+2.
    private static readonly Vector256<float>[] Phases = [Phase(0), Phase(1), Phase(2)];

    /// <summary>Samples (or spreads).</summary>
    /// <param name="x">[N, C, H, W] of the images; of the adjoint, of the samples.</param>
    /// <returns>[N, C, H', W'] of the samples; of the adjoint, of the images.</returns>
    internal Tensor Of(Tensor x) => Apply(x);

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        Tensor x = inputs[0].Contiguous();
        int channels = (int)x.Size(1);
        (long picture, long samples) = (
            (long)channels * geometry.Width * geometry.Height, (long)channels * geometry.OutWidth * geometry.OutHeight);
        Tensor y = spread
            ? Tensor.Empty([x.Size(0), channels, geometry.Height, geometry.Width])
            : Tensor.Empty([x.Size(0), channels, geometry.OutHeight, geometry.OutWidth]);
        var pictures = (float*)(spread ? y : x).DataPointer;
        var sampled = (float*)(spread ? x : y).DataPointer;
        TorchParallel.For(0, x.Size(0), 1, (begin, end) =>
        {
            for (long i = begin; i < end; i++)
            {
                Sample(geometry.Maps[i], channels, pictures + (i * picture), sampled + (i * samples));
            }
        });
        GC.KeepAlive(x);
        return y;
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) =>
        [new WarpSampling(geometry, !spread).Of(gradient)];

    private void Sample(AffineMap map, int channels, float* picture, float* samples)
    {
        // The part of the padded image that the samples touch, zeros beyond the padding included.
        int[] columns = geometry.Columns(map), rows = geometry.Rows(map);
        int plane = columns.Length * rows.Length;
        float[] memory = ArrayPool<float>.Shared.Rent(channels * plane);
        fixed (float* window = memory)
        {
            if (spread)
            {
                new Span<float>(window, channels * plane).Clear();
                Run(map, channels, window, columns.Length, plane, samples);
                Fold(picture, window, channels, columns, rows);
            }
            else
            {
                Unfold(picture, window, channels, columns, rows);
                Run(map, channels, window, columns.Length, plane, samples);
            }
        }

        ArrayPool<float>.Shared.Return(memory);
    }

    private void Run(AffineMap map, int channels, float* window, int stride, int plane, float* samples)
    {
        int left = geometry.FirstColumn(map), top = geometry.FirstRow(map);
        int upWidth = geometry.UpWidth, upHeight = geometry.UpHeight, outPlane = geometry.OutWidth * geometry.OutHeight;
        float* weights = stackalloc float[Vector256<float>.Count];
        for (int row = 0; row < geometry.OutHeight; row++)
        {
            float* sample = samples + ((long)row * geometry.OutWidth);
            for (int column = 0; column < geometry.OutWidth; column++, sample++)
            {
                (double px, double py) = map.At(column, row);
                if (!(px >= -1 && px < upWidth && py >= -1 && py < upHeight))
                {
                    if (!spread)
                    {
                        for (int c = 0; c < channels; c++)
                        {
                            sample[c * outPlane] = 0;
                        }
                    }

                    continue;
                }

                (int ix, int iy) = ((int)Math.Floor(px), (int)Math.Floor(py));
                Vector256<float> across = Weights(ix, (float)(px - ix), upWidth);
                Weights(iy, (float)(py - iy), upHeight).Store(weights);
                float* corner = window + ((((iy >> 1) - 3 - top) * stride) + (ix >> 1) - 3 - left);
                for (int c = 0; c < channels; c++, corner += plane)
                {
                    if (spread)
                    {
                        Scatter(corner, stride, across * sample[c * outPlane], weights);
                    }
                    else
                    {
                        sample[c * outPlane] = Vector256.Sum(across * Gather(corner, stride, weights));
                    }
                }
            }
        }
    }

    private static Vector256<float> Gather(float* corner, int stride, float* weights)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        for (int r = 0; r < Taps; r++)
        {
            sum = Vector256.MultiplyAddEstimate(Vector256.Load(corner + (r * stride)), Vector256.Create(weights[r]), sum);
        }

        return sum;
    }

    private static void Scatter(float* corner, int stride, Vector256<float> values, float* weights)
    {
        for (int r = 0; r < Taps; r++)
        {
            float* target = corner + (r * stride);
            Vector256.MultiplyAddEstimate(values, Vector256.Create(weights[r]), Vector256.Load(target)).Store(target);
        }
    }

    // Of the upsampled pixels i and i+1, mixed by the fraction; beyond the upsampled image there is nothing.
    private static Vector256<float> Weights(int i, float fraction, int size)
    {
        int phase = i & 1;
        float first = i >= 0 ? 1 - fraction : 0, second = i + 1 < size ? fraction : 0;
        return (Phases[phase] * first) + (Phases[phase + 1] * second);
    }

    private static Vector256<float> Phase(int place)
    {
        double[] taps = WaveletFilters.LowPass;
        var weights = new float[Vector256<float>.Count];
        for (int k = place % 2; k < taps.Length; k += 2)
        {
            // Tap k, counted from the end, meets the pixel m + (place + k - 6)/2.
            weights[3 + ((place + k - (taps.Length / 2)) / 2)] = (float)(2 * taps[^(k + 1)]);
        }

        return Vector256.Create(weights);
    }

    private void Unfold(float* picture, float* window, int channels, int[] columns, int[] rows)
    {
        for (int c = 0; c < channels; c++)
        {
            foreach (int row in rows)
            {
                float* source = picture + ((((long)c * geometry.Height) + row) * geometry.Width);
                for (int x = 0; x < columns.Length; x++)
                {
                    window[x] = row < 0 || columns[x] < 0 ? 0 : source[columns[x]];
                }

                window += columns.Length;
            }
        }
    }

    private void Fold(float* picture, float* window, int channels, int[] columns, int[] rows)
    {
        new Span<float>(picture, channels * geometry.Width * geometry.Height).Clear();
        for (int c = 0; c < channels; c++)
        {
            foreach (int row in rows)
            {
                float* target = picture + ((((long)c * geometry.Height) + row) * geometry.Width);
                for (int x = 0; x < columns.Length && row >= 0; x++)
                {
                    if (columns[x] >= 0)
                    {
                        target[columns[x]] += window[x];
                    }
                }

                window += columns.Length;
            }
        }
    }
}
