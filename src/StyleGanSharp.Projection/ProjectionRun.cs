using System.Diagnostics;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Torch.Optimizers;

namespace StyleGanSharp.Projection;

/// <summary>
/// A projection step by step. Every start of every target is a row of one batch; rows do not influence each other. Source: Karras
/// et al. (2020), section 5 and appendix D. Begun by <see cref="Projector"/>.
/// </summary>
public sealed class ProjectionRun : IDisposable
{
    private readonly IGenerator generator;
    private readonly ProjectionLoss loss;
    private readonly IProjectionDraws draws;
    private readonly Tensor varies;
    private readonly bool everywhere;
    private readonly double spread;
    private readonly List<double> losses = [];
    private readonly int targets;
    private TimeSpan synthesisTime, featureTime, optimizerTime;

    internal ProjectionRun(
        IGenerator generator, ProjectionLoss loss, LatentStatistics statistics, Tensor start, ProjectionOptions options,
        IProjectionDraws draws, string identity)
    {
        (this.generator, this.loss, this.draws, Options, Identity) = (generator, loss, draws, options, identity);
        targets = (int)(start.Size(0) / options.Starts);
        spread = statistics.Spread;
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Device device = NetworkDevice.Of(generator);
        varies = statistics.Varies.To(device).Own();
        everywhere = statistics.Varies.Min().Item() > 0;
        Latents = Leaf(start.To(device));
        Noise = FirstNoise(device);
        Adam = new Adam(
            [new NamedTensor("w", Latents), .. Noise.Select(n => new NamedTensor(n.Key, n.Value))],
            new AdamOptions { LearningRate = options.LearningRate });
    }

    /// <summary>Settings.</summary>
    public ProjectionOptions Options { get; }

    /// <summary>Steps done.</summary>
    public int Step { get; private set; }

    /// <summary>Steps that the schedule left out because the projection had settled.</summary>
    public int Skipped { get; private set; }

    /// <summary>Steps to do in all.</summary>
    public int Steps => Options.Steps - Skipped;

    /// <summary>Whether all steps are done.</summary>
    public bool IsFinished => Step >= Steps;

    /// <summary>Weighted distance of every step so far, mean over targets and starts.</summary>
    public IReadOnlyList<double> Losses => losses;

    /// <summary>Latents that are moved, [targets · starts, 1 or NumWs, WDim] float32.</summary>
    internal Tensor Latents { get; }

    /// <summary>Noise that is moved, by layer, [targets · starts, 1, H, W] float32.</summary>
    internal IReadOnlyDictionary<string, Tensor> Noise { get; }

    /// <summary>The optimizer of both.</summary>
    internal Adam Adam { get; }

    /// <summary>Hash of everything that a saved state must agree with.</summary>
    internal string Identity { get; }

    private NoiseInput NoiseInput => Noise.Count > 0 ? NoiseInput.Given(Noise)
        : Options.Noise == StartNoise.None ? NoiseInput.None : NoiseInput.Const;

    /// <summary>Makes one step.</summary>
    /// <param name="withImages">Also give the images of this step.</param>
    /// <exception cref="InvalidOperationException">All steps are done, or the distance is no finite number any more.</exception>
    public ProjectionProgress Advance(bool withImages = false)
    {
        if (IsFinished)
        {
            throw new InvalidOperationException($"All {Steps} steps of the projection are done.");
        }

        using var scope = new TensorScope();
        long start = Stopwatch.GetTimestamp();
        double t = (double)(Step + Skipped) / Options.Steps;
        Adam.LearningRate = ProjectionSchedule.LearningRate(Options, t);
        Tensor ws = NoisyLatents(t);
        optimizerTime += Lap(ref start);

        Tensor images;
        using (GradMode.On())
        {
            images = generator.Synthesize(AllLayers(ws), NoiseInput);
        }

        synthesisTime += Lap(ref start);
        (DistanceTerms terms, Tensor slope) = loss.Differentiate(images, half: t < Options.HalfResolution);
        featureTime += Lap(ref start);
        double[] total = terms.Total(Options.PerceptualWeight, Options.PixelWeight);
        if (!total.All(double.IsFinite))
        {
            throw new InvalidOperationException(
                $"The projection has no finite distance at step {Step}: use a lower learning rate.");
        }

        Tensor[] parameters = [Latents, .. Noise.Values];
        Tensor?[] gradients = Gradient.Of([images], parameters, [slope]);
        synthesisTime += Lap(ref start);
        Move(gradients);
        optimizerTime += Lap(ref start);

        losses.Add(total.Average());
        Step++;
        SkipWhenSettled();
        return Progress(terms, total, withImages ? images : null);
    }

    /// <summary>What was found so far: the better start of every target.</summary>
    public ProjectionResult Result()
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        DistanceTerms terms = loss.Measure(generator.Synthesize(AllLayers(Latents), NoiseInput), half: false);
        int[] best = Best(terms.Total(Options.PerceptualWeight, Options.PixelWeight));
        Tensor rows = Tensor.From(Rows(best), [targets]).To(Latents.Device);
        var noise = Noise.ToDictionary(n => n.Key, n => n.Value.IndexSelect(0, rows).Detach().Own());
        return new ProjectionResult(AllLayers(Latents.IndexSelect(0, rows)).Detach(), noise, Options)
        {
            Perceptual = [.. Rows(best).Select(r => terms.Perceptual[r])],
            Pixels = [.. Rows(best).Select(r => terms.Pixels[r])],
            BestStarts = best,
            Steps = Step,
            Times = new ProjectionTimes(synthesisTime, featureTime, optimizerTime),
        };
    }

    /// <summary>Writes everything that the rest of the projection depends on.</summary>
    /// <param name="path">Target file; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => ProjectionState.Save(this, path);

    /// <summary>Continues where <see cref="Save"/> was called: bit for bit at an equal number of threads.</summary>
    /// <param name="path">File of a projection of the same network, targets and settings.</param>
    /// <exception cref="ProjectionFileException">The file is damaged or belongs to another projection; nothing was
    /// changed.</exception>
    /// <exception cref="Torch.IO.SafetensorsException">The file is no safetensors file; nothing was changed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Resume(string path) => ProjectionState.Load(this, path);

    /// <inheritdoc/>
    public void Dispose()
    {
        Adam.Dispose();
        loss.Dispose();
        varies.Dispose();
        Latents.Dispose();
        foreach (Tensor tensor in Noise.Values)
        {
            tensor.Dispose();
        }
    }

    /// <summary>Sets the counters of a saved state.</summary>
    internal void Restore(int step, int skipped, IEnumerable<double> history)
    {
        (Step, Skipped) = (step, skipped);
        losses.Clear();
        losses.AddRange(history);
    }

    private static Tensor Leaf(Tensor values)
    {
        Tensor leaf = values.Detach().Clone().Own();
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static TimeSpan Lap(ref long start)
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan passed = Stopwatch.GetElapsedTime(start, now);
        start = now;
        return passed;
    }

    private Dictionary<string, Tensor> FirstNoise(Device device)
    {
        var noise = new Dictionary<string, Tensor>();
        IReadOnlyList<NoiseLayer> layers = Options.OptimizeNoise && Options.Noise != StartNoise.None ? generator.NoiseLayers : [];
        for (int i = 0; i < layers.Count; i++)
        {
            NoiseLayer layer = layers[i];
            Tensor first = Options.Noise == StartNoise.Random
                ? draws.Noise(i, layer, Options.Starts).Repeat(targets, 1, 1, 1)
                : layer.Stored.Reshape(1, 1, layer.Height, layer.Width).Repeat(Latents.Size(0), 1, 1, 1);
            noise.Add(layer.Name, Leaf(first.To(device)));
        }

        return noise;
    }

    private Tensor NoisyLatents(double t)
    {
        double scale = spread * ProjectionSchedule.LatentNoise(Options, t);
        if (scale == 0)
        {
            return Latents;
        }

        using var scope = new TensorScope();
        Tensor unit = draws.Latent(Step, Options.Starts, (int)Latents.Size(1), generator.WDim).Repeat(targets, 1, 1);
        Tensor noise = unit.To(Latents.Device) * scale;
        using GradMode mode = GradMode.On();
        return scope.Keep(Latents + (everywhere ? noise : noise * varies));
    }

    private Tensor AllLayers(Tensor ws) => ws.Size(1) == generator.NumWs ? ws : ws.Repeat(1, generator.NumWs, 1);

    private void Move(Tensor?[] gradients)
    {
        gradients[0] ??= Latents.ZerosLike();
        if (!everywhere && gradients[0] is Tensor slope)
        {
            gradients[0] = slope * varies;
        }

        // A layer that a growing network does not show yet has no gradient; its averages move all the same.
        Tensor[] noise = [.. Noise.Values];
        for (int i = 0; i < noise.Length; i++)
        {
            using GradMode mode = GradMode.On();
            Tensor own = Gradient.Of(NoiseRegularization.Of(noise[i]).Sum(), noise[i]) * Options.NoiseWeight;
            gradients[i + 1] = gradients[i + 1] is Tensor other ? own + other : own;
        }

        Adam.Step(gradients);
        foreach (Tensor tensor in noise)
        {
            NoiseRegularization.Normalize(tensor);
        }
    }

    // The last part, in which the learning rate falls, is always made.
    private void SkipWhenSettled()
    {
        int window = Options.SettledWindow, last = (int)Math.Ceiling(Options.Steps * (1 - Options.RampDown));
        if (window == 0 || Skipped > 0 || Step < 2 * window || Step >= last)
        {
            return;
        }

        double now = losses.Skip(Step - window).Average(), before = losses.Skip(Step - (2 * window)).Take(window).Average();
        if (now > before * (1 - Options.SettledImprovement))
        {
            Skipped = last - Step;
        }
    }

    private ProjectionProgress Progress(DistanceTerms terms, double[] total, Tensor? images)
    {
        int[] rows = Rows(Best(total));
        return new ProjectionProgress(
            Step, Steps, rows.Average(r => total[r]), rows.Average(r => terms.Perceptual[r]), rows.Average(r => terms.Pixels[r]),
            images is null ? null : [.. rows.Select(r => ToImage(images.Slice(0, r, r + 1).Detach()))]);
    }

    private static ImageBuffer ToImage(Tensor image) =>
        new((int)image.Size(3), (int)image.Size(2), (int)image.Size(1), Pixels.Interleave(image));

    private int[] Best(double[] total) => [.. Enumerable.Range(0, targets)
        .Select(n => Enumerable.Range(0, Options.Starts).MinBy(s => total[(n * Options.Starts) + s]))];

    private int[] Rows(int[] best) => [.. best.Select((start, n) => (n * Options.Starts) + start)];
}
