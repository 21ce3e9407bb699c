using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// Convolution after upsampling by two, computed at the low resolution: the fast twin of <see cref="ConvResample2d.Apply"/> for
/// 3x3 kernels. A transposed convolution of stride 2 is four interleaved ordinary ones ("phases"). With a filter that contains the
/// factor [1, 1], as every symmetric one of even length does, that factor turns the 3x3 kernel into a 4x4 one, whose phases
/// are 2x2 kernels without a wasted tap; what remains of the filter is a short low-pass on the interleaved result.
/// </summary>
internal static class PhaseUpsampling
{
    /// <summary>Divides the filter by its factor [1, 1] in both directions.</summary>
    /// <param name="filter">Prepared filter, [T, T].</param>
    /// <returns>
    /// Taps of the remaining low-pass, the same in both directions, T-1 of them, which carry the gain of upsampling; null where the
    /// filter has no such factor.
    /// </returns>
    internal static float[]? Remainder(Tensor filter)
    {
        using var scope = new TensorScope();
        float[]? taps = ResampleFilter.Separate(filter)?.ToArray<float>();
        if (taps is null || taps.Length < 2)
        {
            return null;
        }

        // Upsampling by two multiplies the filter by two in each direction.
        var quotient = new float[taps.Length - 1];
        double carried = 0;
        for (int i = 0; i < quotient.Length; i++)
        {
            carried = (2 * taps[i]) - carried;
            quotient[i] = (float)carried;
        }

        return Math.Abs((2 * taps[^1]) - carried) < 1e-6 ? quotient : null;
    }

    /// <summary>Kernels of the four phases.</summary>
    /// <param name="weight">[Cout, Cin, 3, 3], stored for convolution (not correlation).</param>
    /// <returns>[4·Cout, Cin, 2, 2] for correlation, the phases (y, x) outermost; channels-last.</returns>
    internal static Tensor Kernels(Tensor weight) =>
        weight is { DType: DType.Float32, IsContiguous: true, Device.Type: DeviceType.Cpu } ? KernelsInOnePass(weight) : KernelsByTensors(weight);

    /// <summary>The readable twin of <see cref="KernelsInOnePass"/>, for every device.</summary>
    internal static Tensor KernelsByTensors(Tensor weight)
    {
        using var scope = new TensorScope();
        long cout = weight.Size(0), cin = weight.Size(1);
        Tensor g = weight.Pad([0, 1, 0, 1]) + weight.Pad([1, 0, 0, 1]) + weight.Pad([0, 1, 1, 0]) + weight.Pad([1, 0, 1, 0]); // [Cout, Cin, 4, 4]

        // Output 2i+p sees input i with tap p and input i-1 with tap 2+p.
        g = g.Reshape(cout, cin, 2, 2, 2, 2).Flip(2, 4)                             // [Cout, Cin, tap y, phase y, tap x, phase x]
            .Permute(3, 5, 0, 1, 2, 4).Reshape(4 * cout, cin, 2, 2);
        return scope.Keep(g.Contiguous(MemoryFormat.ChannelsLast));
    }

    // Kernels are made when a network shows its first picture, so their time is part of every start.
    private static unsafe Tensor KernelsInOnePass(Tensor weight)
    {
        long cout = weight.Size(0), cin = weight.Size(1);
        Tensor result = Tensor.Empty([4 * cout, 2, 2, cin]);
        var source = (float*)weight.DataPointer;
        var target = (float*)result.DataPointer;
        TorchParallel.For(0, cout, 1, (begin, end) =>
        {
            float* padded = stackalloc float[25]; // the 3x3 kernel with a zero around it
            new Span<float>(padded, 25).Clear();
            for (long o = begin; o < end; o++)
            {
                for (long i = 0; i < cin; i++)
                {
                    float* w = source + (((o * cin) + i) * 9);
                    for (int k = 0; k < 9; k++)
                    {
                        padded[(((k / 3) + 1) * 5) + (k % 3) + 1] = w[k];
                    }

                    for (int k = 0; k < 16; k++)
                    {
                        // Tap (y, x) of the 4x4 kernel is the sum of the 2x2 taps that [1, 1] spreads to it.
                        int y = k >> 2, x = k & 3;
                        float* corner = padded + (y * 5) + x;
                        long phase = ((y & 1) * 2) + (x & 1), tap = ((1 - (y >> 1)) * 2) + (1 - (x >> 1));
                        target[((((phase * cout) + o) * 4) + tap) * cin + i] = corner[0] + corner[1] + corner[5] + corner[6];
                    }
                }
            }
        });
        GC.KeepAlive(weight);
        using (result)
        {
            return result.Permute(0, 3, 1, 2); // [4·Cout, Cin, 2, 2] channels-last
        }
    }

    /// <summary>Interleaves the phases: the readable twin of the first half of <see cref="StyleEpilogue.Interleave"/>.</summary>
    /// <param name="phases">x convolved with <see cref="Kernels"/>, padding 1: [N, 4·Cout, H+1, W+1].</param>
    /// <returns>[N, Cout, 2H+2, 2W+2] channels-last.</returns>
    internal static Tensor Interleave(Tensor phases)
    {
        using var scope = new TensorScope();
        long n = phases.Size(0), cout = phases.Size(1) / 4, h = phases.Size(2), w = phases.Size(3);
        return scope.Keep(phases.Permute(0, 2, 3, 1).Reshape(n, h, w, 2, 2, cout)    // [N, H+1, W+1, phase y, phase x, Cout]
            .Permute(0, 1, 3, 2, 4, 5).Reshape(n, 2 * h, 2 * w, cout)                // a copy
            .Permute(0, 3, 1, 2));
    }

    /// <summary>Applies what remains of the filter.</summary>
    /// <param name="y">From <see cref="Interleave"/>.</param>
    /// <param name="taps">From <see cref="Remainder"/>.</param>
    /// <returns>[N, Cout, 2H, 2W] for three taps.</returns>
    internal static Tensor Smooth(Tensor y, ReadOnlySpan<float> taps)
    {
        using var scope = new TensorScope();
        long channels = y.Size(1);
        Tensor row = Tensor.From(taps, [1, taps.Length]).To(y.Device);
        Tensor window = row.Transpose(0, 1) * row;
        return scope.Keep(Functional.Conv2d(y, window.Expand(channels, 1, taps.Length, taps.Length), groups: channels));
    }
}
