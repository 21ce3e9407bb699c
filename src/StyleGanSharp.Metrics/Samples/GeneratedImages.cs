using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Samples;

/// <summary>
/// The generated images of a measurement: every image has a seed of its own, so they do not depend on the batch size; noise comes
/// from one generator. With the seed 0 image i is the one of seed i: two measurements of a training run differ by the network
/// alone.
/// </summary>
/// <param name="context">The generator and how it is used.</param>
internal sealed class GeneratedImages(MetricContext context)
{
    // A training run must not need more memory for its metrics than for training.
    private const int DefaultBatch = 8;

    // Seeds of measurements lie far apart: multiples of the golden ratio fill the numbers evenly (Knuth, TAOCP 3, section 6.4).
    private const uint SeedStride = 2654435769;

    /// <summary>Images at a time.</summary>
    internal int Batch => context.BatchSize ?? DefaultBatch;

    /// <summary>Makes the first images, in order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="use">Given each batch, uint8 [n, C, H, W].</param>
    internal void ForEach(int count, Action<Tensor> use)
    {
        IGenerator generator = context.Generator;
        using var noise = new RandomGenerator(context.Seed, context.Device);
        NoiseInput noiseInput = NoiseInput.Random(noise);
        var labels = new NumpyRandom(context.Seed);
        try
        {
            for (int first = 0; first < count; first += RealImages.Batch)
            {
                using var step = new TensorScope();
                int end = Math.Min(count, first + RealImages.Batch);
                var passes = new List<Tensor>();
                for (int from = first; from < end; from += Batch)
                {
                    context.Cancel.ThrowIfCancellationRequested();
                    passes.Add(Make(generator, from, Math.Min(end, from + Batch), labels, noiseInput));
                }

                use(passes.Count == 1 ? passes[0] : Tensor.Cat([.. passes]));
            }
        }
        finally
        {
            (generator as IRecordsSynthesis)?.ReleaseRecordings(); // Training needs the memory.
        }
    }

    // uint8 [to - from, C, H, W]
    private Tensor Make(IGenerator generator, int from, int to, NumpyRandom labels, NoiseInput noise)
    {
        using var scope = new TensorScope();
        uint[] seeds = [.. Enumerable.Range(from, to - from).Select(i => unchecked((context.Seed * SeedStride) + (uint)i))];
        Tensor z = LatentSeeds.Draw(seeds, generator.ZDim).To(DType.Float32).To(context.Device);
        Tensor ws = Truncated(generator.Map(z, context.DrawLabels(labels, seeds.Length)), generator, context.Psi);
        return scope.Keep(Pixels.Quantize(generator.Synthesize(ws, noise)));
    }

    /// <summary>w under the truncation of a measurement.</summary>
    internal static Tensor Truncated(Tensor ws, IGenerator generator, double psi) => psi == 1
        ? ws
        : Truncation.Uniform(psi).Apply(ws, generator.WAvg ?? throw new MetricException(
            "The network keeps no average w, so there is nothing to truncate to; measure without truncation."));
}
