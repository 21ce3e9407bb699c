using StyleGanSharp.Metrics.Attributes;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Separability;

/// <summary>
/// Linear separability of the latents: how well planes in Z and in W tell attributes of the images. Source: Karras et al., "A
/// Style-Based Generator Architecture for Generative Adversarial Networks" (2019), section 4.2.
/// </summary>
internal sealed class SeparabilityMetric : IMetric
{
    private const int DefaultBatch = 8;
    private const int CalibrationImages = 5000;
    private const int Fewest = 20;

    // With fewer images than twice the dimensions any labels can be separated (Cover 1965); this many leave no such freedom.
    private const int ImagesPerDimension = 20;

    public string Name => "ls";

    public string Description => "linear separability of attributes in Z and in W";

    public int ProtocolSamples => 200_000;

    public MetricNeeds Needs => MetricNeeds.Attributes;

    public MetricDirection Better => MetricDirection.Lower;

    public void Require(MetricContext context)
    {
        if (context.SamplesOf(this) < Fewest)
        {
            throw new MetricException($"{Name} needs at least {Fewest} images, and {context.SamplesOf(this)} were asked for.");
        }
    }

    public IReadOnlyList<MetricResult> Measure(MetricContext context)
    {
        Require(context);
        using GradMode mode = GradMode.Off();
        IAttributeClassifier classifier = context.RequireSpaces(this).Attributes;
        Calibrate(context, classifier);
        int count = context.SamplesOf(this);
        using Tensor z = Tensor.Empty([count, context.Generator.ZDim]).Own();
        using Tensor w = Tensor.Empty([count, context.Generator.WDim]).Own();
        List<float[]> logits = Sample(context, classifier, count, z, w);
        int width = Math.Max(context.Generator.ZDim, context.Generator.WDim);
        if (count / 2 < ImagesPerDimension * width)
        {
            context.Warn?.Invoke(
                $"{Name}: a plane in {width} dimensions separates {count / 2} images well whatever they show; take "
                    + $"{2 * ImagesPerDimension * width} images or more.");
        }

        var results = new List<MetricResult>();
        foreach ((string space, Tensor latents) in new[] { ("z", z), ("w", w) })
        {
            SeparabilityScore score = Score(context, classifier, latents, logits);
            foreach (string remark in score.Remarks)
            {
                context.Warn?.Invoke($"{Name}_{space}: {remark}");
            }

            results.Add(new MetricResult($"{Name}_{space}/{classifier.Name}", score.Value, null, count)
            {
                Detector = classifier.Name,
                Psi = context.Psi,
                Details =
                [
                    .. score.Attributes.Select(a => new MetricDetail($"{a.Name}_entropy", a.Entropy)),
                    .. score.Attributes.Select(a => new MetricDetail($"{a.Name}_accuracy", a.Accuracy)),
                ],
            });
        }

        return results;
    }

    // Measured quantities are split at the median of the real images where there are some.
    private static void Calibrate(MetricContext context, IAttributeClassifier classifier)
    {
        if (classifier is not AttributeNetworkClassifier network || context.Reals is not { } reals)
        {
            return;
        }

        var rows = new List<float[]>();
        RealImages.ForEach(
            reals.Choose(CalibrationImages, mirrored: false),
            images => rows.AddRange(network.Logits(images).To(Device.Cpu).ToArray<float>().Chunk(network.Attributes.Count)),
            context.Warn, context.Cancel);
        network.Calibrate(rows);
    }

    private static List<float[]> Sample(MetricContext context, IAttributeClassifier classifier, int count, Tensor z, Tensor w)
    {
        IGenerator generator = context.Generator;
        using var noise = new RandomGenerator(context.Seed, context.Device);
        NoiseInput noiseInput = NoiseInput.Random(noise);
        var random = new NumpyRandom(context.Seed);
        var logits = new List<float[]>(count);
        int batch = context.BatchSize ?? DefaultBatch;
        for (int done = 0, size; done < count; done += size)
        {
            context.Cancel.ThrowIfCancellationRequested();
            size = Math.Min(batch, count - done);
            using var scope = new TensorScope();
            (Tensor draws, Tensor? c) = context.DrawLatents(random, size);
            Tensor ws = GeneratedImages.Truncated(generator.Map(draws, c), context.Generator, context.Psi);
            Tensor images = Pixels.Quantize(generator.Synthesize(ws, noiseInput));
            logits.AddRange(classifier.Logits(images).To(Device.Cpu).ToArray<float>().Chunk(classifier.Attributes.Count));
            z.Slice(0, done, done + size).CopyInPlace(draws.To(Device.Cpu));
            w.Slice(0, done, done + size).CopyInPlace(ws.Select(1, generator.NumWs - 1).To(Device.Cpu)); // [n, WDim]
            context.Progress?.Invoke(new MetricProgress("Generated images", done + size, count));
        }

        (generator as IRecordsSynthesis)?.ReleaseRecordings();
        return logits;
    }

    private SeparabilityScore Score(
        MetricContext context, IAttributeClassifier classifier, Tensor latents, List<float[]> logits)
    {
        var attributes = new List<AttributeSeparability>();
        for (int a = 0; a < classifier.Attributes.Count; a++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            long[] known = [.. logits.Index().Where(l => float.IsFinite(l.Item[a])).Select(l => (long)l.Index)];
            if (known.Length < Fewest)
            {
                throw new MetricException(
                    $"{Name}: '{classifier.Attributes[a]}' could be judged in {known.Length} of {logits.Count} images only; it "
                        + $"takes {Fewest}. These classifiers are not made for such images.");
            }

            Tensor points = known.Length == logits.Count
                ? latents : latents.IndexSelect(0, Tensor.From(known, [known.Length]));
            double[] values = [.. known.Select(i => (double)logits[(int)i][a])];
            attributes.Add(AttributeSeparability.Measure(
                classifier.Attributes[a], points, values, Math.Max(1, values.Length / 2), cancel: context.Cancel));
        }

        return SeparabilityScore.Of(attributes);
    }
}
