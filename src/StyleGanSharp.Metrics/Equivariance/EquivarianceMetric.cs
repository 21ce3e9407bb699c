using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>
/// How well a generator's images follow a transform of its input: the peak signal-to-noise ratio, over all pixels that both sides
/// know, between images made under the transform and untransformed images to which it is applied. Images span 2, from -1 to 1.
/// Source: Karras et al., "Alias-Free Generative Adversarial Networks" (2021), section 3, equation 3, and appendix E.
/// </summary>
public abstract class EquivarianceMetric : IMetric
{
    private const double PixelRange = 2;

    // The field's: images of a batch share a transform.
    private const int DefaultBatch = 4;

    // Only the classes of this library know what a trial is.
    private protected EquivarianceMetric()
    {
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public int ProtocolSamples => 50_000;

    /// <inheritdoc/>
    public MetricNeeds Needs => MetricNeeds.None;

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Higher;

    /// <summary>Uniform draws that <see cref="Trial"/> takes.</summary>
    private protected abstract int Draws { get; }

    /// <inheritdoc/>
    public void Require(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        InputOf(context.Generator);
    }

    /// <inheritdoc/>
    public IReadOnlyList<MetricResult> Measure(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        int samples = context.SamplesOf(this), batchSize = context.BatchSize ?? DefaultBatch;
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1, nameof(context));
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1, nameof(context));
        ITransformable input = InputOf(context.Generator);

        using GradMode mode = GradMode.Off();
        var random = new NumpyRandom(context.Seed);
        var total = default(MaskedError);
        try
        {
            for (int done = 0, count; done < samples; done += count)
            {
                context.Cancel.ThrowIfCancellationRequested();
                count = Math.Min(batchSize, samples - done);
                using var batch = new TensorScope();
                (Tensor z, Tensor? c) = context.DrawLatents(random, count);
                total += Compare(context.Generator, z, c, random.Rand(Draws));
                context.Progress?.Invoke(new MetricProgress("Generated images", done + count, samples));
            }
        }
        finally
        {
            input.SetTransform(ImageTransform.Identity);
        }

        return [new MetricResult(Name, Ratio(total, context.Generator), "dB", samples)];
    }

    /// <summary>Error and number of the compared pixels of one batch, which shares one transform.</summary>
    /// <param name="generator">The generator; its transform is changed.</param>
    /// <param name="z">[N, ZDim] float32.</param>
    /// <param name="c">[N, CDim] or null.</param>
    /// <param name="uniforms">Draws from [0, 1) that choose the transform.</param>
    internal MaskedError Compare(IGenerator generator, Tensor z, Tensor? c, ReadOnlySpan<double> uniforms)
    {
        using var scope = new TensorScope();
        EquivarianceTrial trial = Trial(uniforms, generator.Width, generator.Height);
        Tensor ws = generator.Map(z, c);
        MaskedImages expected = trial.Expected(Synthesize(generator, ws, ImageTransform.Identity));
        MaskedImages actual = trial.Actual(Synthesize(generator, ws, trial.Transform.InverseMatrix()));
        return MaskedError.Between(expected, actual);
    }

    /// <summary>The ratio that a total error amounts to, in dB.</summary>
    /// <exception cref="MetricException">There is none: no pixel was compared, or the images are not finite.</exception>
    internal double Ratio(MaskedError total, IGenerator generator)
    {
        if (total.Pixels == 0)
        {
            throw new MetricException(
                $"{Name}: images of {generator.Width}x{generator.Height} are too small, no pixel is left to compare; "
                    + $"they must be larger than the metric's filters.");
        }

        return double.IsFinite(total.Squares)
            ? (20 * Math.Log10(PixelRange)) - (10 * Math.Log10(total.Squares / total.Pixels))
            : throw new MetricException(
                $"{Name}: the generator's images hold values that are not finite numbers, "
                    + $"so there is nothing to compare; check the snapshot.");
    }

    /// <summary>The transform that uniform draws choose.</summary>
    /// <param name="uniforms"><see cref="Draws"/> numbers from [0, 1).</param>
    /// <param name="width">Width of the images.</param>
    /// <param name="height">Height of the images.</param>
    private protected abstract EquivarianceTrial Trial(ReadOnlySpan<double> uniforms, int width, int height);

    private ITransformable InputOf(IGenerator generator) => generator as ITransformable ?? throw new MetricException(
        $"{Name} moves the input of the generator, which only StyleGAN3 networks allow; this one is of another generation.");

    private static Tensor Synthesize(IGenerator generator, Tensor ws, double[,] matrix)
    {
        ((ITransformable)generator).SetTransform(matrix);
        return generator.Synthesize(ws, NoiseInput.Const);
    }
}
