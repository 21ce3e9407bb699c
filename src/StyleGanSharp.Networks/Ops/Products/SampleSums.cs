using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Products;

/// <summary>
/// Sums per sample and channel that several threads work out: each sample's pixels are divided into a fixed number of parts with
/// a sum of its own, so that the result does not depend on the number of threads.
/// </summary>
internal sealed unsafe class SampleSums
{
    /// <summary>Parts of each sample.</summary>
    internal const int Parts = 8;

    /// <summary>Pixels that are summed in float32 before they go into a float64 sum.</summary>
    internal const int Block = 32;

    private readonly long samples;
    private readonly long channels;
    private readonly double[] sums;

    internal SampleSums(long samples, long channels) =>
        (this.samples, this.channels, sums) = (samples, channels, new double[samples * Parts * channels]);

    /// <summary>Adds the float32 sums of a block and clears them.</summary>
    /// <param name="part">Sample times <see cref="Parts"/> plus part.</param>
    /// <param name="block">One number for each channel.</param>
    internal void Add(long part, Span<float> block)
    {
        Span<double> own = sums.AsSpan((int)(part * channels), (int)channels);
        for (int c = 0; c < own.Length; c++)
        {
            own[c] += block[c];
        }

        block.Clear();
    }

    /// <summary>The sums of each sample, [N, C].</summary>
    internal Tensor PerSample()
    {
        var total = new float[samples * channels];
        for (long n = 0; n < samples; n++)
        {
            for (long c = 0; c < channels; c++)
            {
                double sum = 0;
                for (int part = 0; part < Parts; part++)
                {
                    sum += sums[(((n * Parts) + part) * channels) + c];
                }

                total[(n * channels) + c] = (float)sum;
            }
        }

        return Tensor.From(total, [samples, channels]);
    }
}
