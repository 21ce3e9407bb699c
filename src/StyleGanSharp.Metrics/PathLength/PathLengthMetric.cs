using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.PathLength;

/// <summary>
/// Perceptual path length: how much an image changes along a way through the latents, per squared step. Source: Karras et al., "A
/// Style-Based Generator Architecture for Generative Adversarial Networks" (2019), section 4.1, equations 2 and 3.
/// </summary>
/// <param name="inW">Whether the way is a straight line in W; else an arc in Z.</param>
/// <param name="full">Whether it is measured anywhere on the way; else where the way begins.</param>
/// <param name="crop">Whether only the middle of the image, where the face is, counts.</param>
internal sealed class PathLengthMetric(bool inW, bool full, bool crop) : IMetric
{
    /// <summary>The field's step.</summary>
    internal const double Step = 1e-4;

    private const int DefaultBatch = 4;

    // LPIPS halves an image several times; smaller ones have nothing left.
    private const int SmallestSide = 32;

    public string Name => $"{(crop ? "ppl" : "ppl2")}_{Variant}";

    public string Description =>
        $"perceptual path length in {(inW ? "W" : "Z")}, {(full ? "all along" : "at the ends of")} the paths, "
            + (crop ? "of the middle of the image" : "of the whole image");

    public int ProtocolSamples => 50_000;

    public MetricNeeds Needs => MetricNeeds.Perceptual;

    public MetricDirection Better => MetricDirection.Lower;

    public void Require(MetricContext context)
    {
        IGenerator generator = context.Generator;
        int side = Math.Min(generator.Width, generator.Height) / (crop ? 2 : 1);
        if (crop && (generator.Width != generator.Height || generator.Height < 8))
        {
            throw new MetricException($"{Name} crops square images; use ppl2_{Variant}, which takes images whole.");
        }

        if (side < SmallestSide)
        {
            throw new MetricException(
                $"{Name} looks at {side}x{side} pixels of this network's images, and {SmallestSide}x{SmallestSide} are needed"
                    + (crop ? $"; ppl2_{Variant} takes images whole." : "."));
        }
    }

    public IReadOnlyList<MetricResult> Measure(MetricContext context)
    {
        Require(context);
        IPerceptualSpace space = context.RequireSpaces(this).Perceptual;
        int count = context.SamplesOf(this), batch = context.BatchSize ?? DefaultBatch;
        using GradMode mode = GradMode.Off();
        using var noise = new RandomGenerator(context.Seed, context.Device);
        var random = new NumpyRandom(context.Seed);
        var distances = new double[count];
        for (int done = 0, size; done < count; done += size)
        {
            context.Cancel.ThrowIfCancellationRequested();
            size = Math.Min(batch, count - done);
            using var scope = new TensorScope();
            Tensor t = Tensor.From(random.Rand(size), [size, 1]);
            (Tensor z, _) = context.DrawLatents(random, 2 * size);
            Tensor? c = context.DrawLabels(random, size);
            Tensor step = Distances(
                context.Generator, space, z, c, full ? t : t * 0, Step, NoiseInput.RandomShared(noise), context.Psi);
            step.To(Device.Cpu).To(DType.Float64).ToArray<double>().CopyTo(distances, done);
            context.Progress?.Invoke(new MetricProgress("Pairs of images", done + size, count));
        }

        (context.Generator as IRecordsSynthesis)?.ReleaseRecordings();
        PathLengthFilter kept = PathLengthFilter.Of(distances);
        bool isOfTheField = space is ScriptPerceptualSpace || space.Name == "lpips-vgg";
        return [new MetricResult(isOfTheField ? Name : $"{Name}/{space.Name}", kept.Mean, null, count)
        {
            Detector = space.Name,
            ResizeFilter = "box, to about 256",
            Psi = context.Psi,
        }];
    }

    private string Variant => $"{(inW ? 'w' : 'z')}{(full ? "full" : "end")}";

    /// <summary>Squared perceptual distances of pairs a small step apart, divided by the squared step.</summary>
    /// <param name="generator">Makes the images.</param>
    /// <param name="space">Compares them.</param>
    /// <param name="z">[2 N, ZDim]: the first ends, then the second ones.</param>
    /// <param name="c">[N, CDim], both ends of a pair alike; null: unconditional.</param>
    /// <param name="t">[N, 1] float64 in [0, 1]: where on the ways.</param>
    /// <param name="step">The step.</param>
    /// <param name="noise">The same for all images.</param>
    /// <param name="psi">Truncation; 1: none.</param>
    /// <returns>[N] float32.</returns>
    internal Tensor Distances(
        IGenerator generator, IPerceptualSpace space, Tensor z, Tensor? c, Tensor t, double step, NoiseInput noise, double psi = 1)
    {
        using var scope = new TensorScope();
        long count = t.Size(0);
        Tensor first = z.Slice(0, 0, count), second = z.Slice(0, count, 2 * count);
        Tensor ws;
        Tensor? labels = c is null ? null : Tensor.Cat([c, c]);
        if (inW)
        {
            Tensor ends = generator.Map(z, labels);
            Tensor from = ends.Slice(0, 0, count).To(DType.Float64), to = ends.Slice(0, count, 2 * count).To(DType.Float64);
            Tensor at = t.To(ends.Device).Reshape(count, 1, 1);
            ws = Tensor.Cat([from + ((to - from) * at), from + ((to - from) * (at + step))]).To(DType.Float32);
        }
        else
        {
            ws = generator.Map(
                Tensor.Cat([Slerp.Between(first, second, t.To(z.Device)), Slerp.Between(first, second, (t + step).To(z.Device))]),
                labels);
        }

        if (psi != 1)
        {
            ws = GeneratedImages.Truncated(ws, generator, psi);
        }

        Tensor images = generator.Synthesize(ws, noise);
        if (crop)
        {
            images = PathLengthImages.Crop(images);
        }

        images = (PathLengthImages.Shrink(images, generator.Height) + 1) * 127.5;
        Tensor seen = space.Embed(images.Size(1) == 1 ? images.Expand(-1, 3, -1, -1).Contiguous() : images);
        Tensor difference = seen.Slice(0, 0, count) - seen.Slice(0, count, 2 * count);
        return scope.Keep(difference.Square().Sum([1]) / (step * step));
    }
}
