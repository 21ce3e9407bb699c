using System.Numerics;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// The fast twin of <see cref="FilteredLrelu"/> for inference on the CPU: plane by plane, row by row, so that nothing at the high rate ever
/// leaves the cache. Samples at the high rate are kept apart by phase (column mod up): then every filter, in either direction, is a
/// weighted sum of whole rows.
/// </summary>
internal sealed unsafe class FilteredLreluKernel
{
    private const int MaxTaps = 64;

    private readonly Polyphase across;
    private readonly Polyphase along;
    private readonly float[] down;
    private readonly bool radial;
    private readonly int downTaps, upFactor, downFactor;
    private readonly int width, height, highHeight, outWidth, outHeight;
    private readonly int phaseLength, phaseStride, rowStride, outLength, inLeft, inLength;
    private readonly float slope, limit;

    private FilteredLreluKernel(
        Tensor x, Tensor upFilter, Tensor downFilter, int up, int down, Padding padding, double gain, double slope, double? clamp)
    {
        float[] taps = upFilter.ToArray<float>();
        (upFactor, downFactor) = (up, down);
        (width, height) = ((int)x.Size(3), (int)x.Size(2));

        // Positive factors pass through the leaky ReLU: the gains go into the taps.
        across = Polyphase.Of(taps, up, padding.X0, 1);
        along = Polyphase.Of(taps, up, padding.Y0, up * up * gain);
        int highWidth = (width * up) + padding.X0 + padding.X1 - taps.Length + 1;
        highHeight = (height * up) + padding.Y0 + padding.Y1 - taps.Length + 1;

        this.down = downFilter.ToArray<float>();
        Array.Reverse(this.down); // A true convolution; of both axes where there are two.
        (radial, downTaps) = (downFilter.Dim == 2, (int)downFilter.Size(0));
        (outWidth, outHeight) = (((highWidth - downTaps) / down) + 1, ((highHeight - downTaps) / down) + 1);
        if (highWidth < downTaps || highHeight < downTaps)
        {
            throw new ShapeException($"the upsampled image is {highWidth}x{highHeight}, smaller than the filter of {downTaps} taps", nameof(x));
        }

        // Every row is computed in whole vectors; what lies beyond its end is never stored.
        phaseLength = RoundUp((highWidth + up - 1) / up);
        phaseStride = phaseLength + RoundUp((up + downTaps) / up) + Vector<float>.Count;
        rowStride = up * phaseStride;
        outLength = RoundUp((outWidth + (up / down) - 1) / (up / down));
        inLeft = Math.Max(0, -across.First);
        inLength = inLeft + Math.Max(width, phaseLength + across.Last) + (5 * Vector<float>.Count);
        (this.slope, limit) = ((float)slope, clamp is double c ? (float)c : float.PositiveInfinity);
    }

    private int RowsKept => along.Longest + 2;

    /// <summary>Whether the call is of the kind that alias-free layers make: separable up, as much or more than down.</summary>
    internal static bool Accepts(Tensor x, Tensor? upFilter, Tensor? downFilter, int up, int down, double gain, bool flipFilter) =>
        !GradMode.IsEnabled && !flipFilter && x.DType == DType.Float32 && x.Device.Type == DeviceType.Cpu && x.Dim == 4 && x.Count > 0
        && upFilter is { Dim: 1, Count: > 1 and <= MaxTaps } && downFilter is not null && downFilter.Size(0) is > 1 and <= MaxTaps
        && (downFilter.Dim == 1 || downFilter.Size(0) == downFilter.Size(1)) && up % down == 0 && up <= upFilter.Size(0) && gain > 0;

    /// <inheritdoc cref="FilteredLrelu.Apply"/>
    internal static Tensor Apply(
        Tensor x, Tensor upFilter, Tensor downFilter, Tensor? bias, int up, int down, Padding padding, double gain, double slope, double? clamp)
    {
        using var scope = new TensorScope();
        var kernel = new FilteredLreluKernel(x, upFilter, downFilter, up, down, padding, gain, slope, clamp);
        return scope.Keep(kernel.Run(x.Contiguous(), bias?.ToArray<float>()));
    }

    private Tensor Run(Tensor x, float[]? bias)
    {
        long channels = x.Size(1), planes = x.Size(0) * channels;
        Tensor result = Tensor.Empty([x.Size(0), channels, outHeight, outWidth]);
        var source = (float*)x.DataPointer;
        var target = (float*)result.DataPointer;
        int workSize = inLength + ((1 + RowsKept + downTaps + 1) * rowStride) + (outLength * (upFactor / downFactor));
        TorchParallel.For(0, planes, 1, (begin, end) =>
        {
            var memory = new float[workSize];
            fixed (float* work = memory)
            {
                for (long i = begin; i < end; i++)
                {
                    float offset = bias is null ? 0 : bias[i % channels];
                    Plane(source + (i * width * height), offset, target + (i * outWidth * outHeight), work);
                }
            }
        });
        GC.KeepAlive(x);
        return result;
    }

    private void Plane(float* source, float bias, float* target, float* work)
    {
        float* input = work, zeros = input + inLength, wide = zeros + rowStride;
        float* high = wide + ((long)RowsKept * rowStride), mixed = high + ((long)downTaps * rowStride), output = mixed + rowStride;
        float** rows = stackalloc float*[Math.Max(radial ? downTaps * downTaps : downTaps, along.Longest)];
        int wideReady = 0, highReady = 0;
        for (int y = 0; y < outHeight; y++)
        {
            for (; highReady < (downFactor * y) + downTaps; highReady++)
            {
                // Upsampled along y from rows that are upsampled along x; outside the picture there is nothing.
                int phase = highReady % upFactor, first = (highReady / upFactor) + along.Offsets[phase];
                float[] taps = along.Taps[phase];
                for (; wideReady < Math.Min(first + taps.Length, height); wideReady++)
                {
                    Widen(source + ((long)wideReady * width), bias, input, wide + (wideReady % RowsKept * (long)rowStride), rows);
                }

                for (int s = 0; s < taps.Length; s++)
                {
                    int row = first + s;
                    rows[s] = row < 0 || row >= height ? zeros : wide + (row % RowsKept * (long)rowStride);
                }

                float* to = high + (highReady % downTaps * (long)rowStride);
                Combine(to, rowStride, rows, taps);
                Activate(to, rowStride);
            }

            Narrow(high, downFactor * y, mixed, output, rows);
            Store(output, target + ((long)y * outWidth));
        }
    }

    // One row of the picture, upsampled: its phases side by side.
    private void Widen(float* source, float bias, float* input, float* to, float** table)
    {
        for (int i = 0; i < width; i++)
        {
            input[inLeft + i] = source[i] + bias;
        }

        for (int phase = 0; phase < upFactor; phase++)
        {
            float[] taps = across.Taps[phase];
            for (int s = 0; s < taps.Length; s++)
            {
                table[s] = input + inLeft + across.Offsets[phase] + s;
            }

            Combine(to + ((long)phase * phaseStride), phaseLength, table, taps);
        }
    }

    // One row of the result from as many rows at the high rate as the filter has taps.
    private void Narrow(float* high, int first, float* mixed, float* output, float** table)
    {
        for (int i = 0; i < downTaps && !radial; i++)
        {
            table[i] = high + ((first + i) % downTaps * (long)rowStride);
        }

        if (!radial)
        {
            Combine(mixed, rowStride, table, down);
        }

        for (int r = 0; r < upFactor / downFactor; r++)
        {
            int count = 0;
            for (int i = 0; i < (radial ? downTaps : 1); i++)
            {
                float* row = radial ? high + ((first + i) % downTaps * (long)rowStride) : mixed;
                for (int t = 0; t < downTaps; t++)
                {
                    int column = (downFactor * r) + t;
                    table[count++] = row + (column % upFactor * (long)phaseStride) + (column / upFactor);
                }
            }

            Combine(output + ((long)r * outLength), outLength, table, down);
        }
    }

    private void Store(float* output, float* target)
    {
        int parts = upFactor / downFactor;
        for (int r = 0; r < parts; r++)
        {
            float* from = output + ((long)r * outLength);
            for (int i = r; i < outWidth; i += parts)
            {
                target[i] = *from++;
            }
        }
    }

    private void Activate(float* row, int length)
    {
        var (slopes, high, low) = (new Vector<float>(slope), new Vector<float>(limit), new Vector<float>(-limit));
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(row + i);
            v = Vector.ConditionalSelect(Vector.GreaterThan(v, Vector<float>.Zero), v, v * slopes);
            Vector.Min(high, Vector.Max(low, v)).Store(row + i);
        }
    }

    // to[i] := sum over k of weights[k] · rows[k][i], for whole vectors.
    private static void Combine(float* to, int length, float** rows, float[] weights)
    {
        int v = Vector<float>.Count, i = 0;
        for (; i <= length - (4 * v); i += 4 * v)
        {
            Vector<float> a = Vector<float>.Zero, b = a, c = a, d = a;
            for (int k = 0; k < weights.Length; k++)
            {
                float* row = rows[k] + i;
                var w = new Vector<float>(weights[k]);
                a = Vector.FusedMultiplyAdd(w, Vector.Load(row), a);
                b = Vector.FusedMultiplyAdd(w, Vector.Load(row + v), b);
                c = Vector.FusedMultiplyAdd(w, Vector.Load(row + (2 * v)), c);
                d = Vector.FusedMultiplyAdd(w, Vector.Load(row + (3 * v)), d);
            }

            a.Store(to + i);
            b.Store(to + i + v);
            c.Store(to + i + (2 * v));
            d.Store(to + i + (3 * v));
        }

        for (; i < length; i += v)
        {
            Vector<float> a = Vector<float>.Zero;
            for (int k = 0; k < weights.Length; k++)
            {
                a = Vector.FusedMultiplyAdd(new Vector<float>(weights[k]), Vector.Load(rows[k] + i), a);
            }

            a.Store(to + i);
        }
    }

    private static int RoundUp(int length) => (length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>Upsampling without the inserted zeros: sample up·m + p is the sum of Taps[p][s] times sample m + Offsets[p] + s.</summary>
    private sealed record Polyphase(int[] Offsets, float[][] Taps)
    {
        internal int First => Offsets.Min();

        internal int Longest => Taps.Max(t => t.Length);

        internal int Last => Offsets.Zip(Taps, (offset, taps) => offset + taps.Length).Max();

        internal static Polyphase Of(float[] filter, int up, int padding, double factor)
        {
            var offsets = new int[up];
            var taps = new float[up][];
            for (int p = 0; p < up; p++)
            {
                // Tap t, counted from the filter's end, meets a sample where p + t - padding is a multiple of the factor.
                int first = (((padding - p) % up) + up) % up;
                offsets[p] = (p + first - padding) / up;
                taps[p] = [.. Enumerable.Range(0, (filter.Length - first + up - 1) / up)
                    .Select(s => (float)(filter[filter.Length - 1 - first - (up * s)] * factor))];
            }

            return new Polyphase(offsets, taps);
        }
    }
}
