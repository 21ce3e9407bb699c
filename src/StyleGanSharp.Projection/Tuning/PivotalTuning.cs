using StyleGanSharp.Data.Options;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Torch.Optimizers;

namespace StyleGanSharp.Projection.Tuning;

/// <summary>
/// Changes a network a little, so that given latents show given images, while they stay where edits work. Source: Roich et al.,
/// "Pivotal Tuning for Latent-based Editing of Real Images" (2021), sections 3.1 and 3.2.
/// </summary>
/// <param name="generator">
/// The network, a <see cref="Module"/> and <see cref="ITrainableGenerator"/>; stays the caller's and is as before afterwards.
/// </param>
/// <param name="space">Perceptual space; stays the caller's. Null: pixels only.</param>
public sealed class PivotalTuning(ITrainableGenerator generator, IPerceptualSpace? space)
{
    // The latents' own network is not part of the image once they are fixed.
    private const string Mapping = "mapping.";

    // Neighbours lie in the direction of truncated samples (section 3.2; psi of the authors).
    private const double LocalityPsi = 0.5;

    // The pivots do not move, so neighbours can be made before tuning starts, with the network as it was; this bounds their memory.
    private const int MaxNeighbors = 32;

    /// <summary>Tunes the network and takes the tuning back: the result is the difference.</summary>
    /// <param name="pivots">Latents, [N, NumWs, WDim]; they do not move.</param>
    /// <param name="targets">
    /// What they shall show with the stored noise, [N, ImageChannels, Height, Width] float32 in [-1, 1].
    /// </param>
    /// <param name="options">Settings.</param>
    /// <param name="label">[1, CDim], of the neighbours; null for an unconditional network.</param>
    /// <param name="progress">Told after every step; null: nobody.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or features are asked for without a space.</exception>
    /// <exception cref="ShapeException">Latents and targets do not fit the network or each other.</exception>
    /// <exception cref="InvalidOperationException">The distance is no longer finite.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TuningResult Tune(
        Tensor pivots, Tensor targets, TuningOptions options, Tensor? label = null,
            IProgress<ProjectionProgress>? progress = null,
        CancellationToken cancel = default)
    {
        Check(pivots, targets, options, label);
        using var scope = new TensorScope();
        Module module = NetworkFingerprint.Weights(generator);
        string fingerprint = NetworkFingerprint.Of(generator);
        NamedTensor[] parameters =
            [.. module.NamedParameters().Where(p => !p.Name.StartsWith(Mapping, StringComparison.Ordinal))];
        var before = parameters.ToDictionary(p => p.Name, p => p.Value.Detach().Clone());
        bool[] required = [.. parameters.Select(p => p.Value.RequiresGrad)];
        try
        {
            foreach (NamedTensor parameter in parameters)
            {
                parameter.Value.RequiresGrad = true;
            }

            (int steps, DistanceTerms terms) = Run(parameters, pivots, targets, options, label, progress, cancel);
            using GradMode mode = GradMode.Off();
            var differences = new Dictionary<string, WeightDifference>();
            foreach (NamedTensor parameter in parameters)
            {
                using var step = new TensorScope();
                Tensor change = parameter.Value.Detach() - before[parameter.Name];
                if (change.Abs().Max().Item() > 0)
                {
                    differences.Add(parameter.Name, WeightDifference.Of(change.To(Device.Cpu), options.KeptEnergy));
                }
            }

            return new TuningResult(new TunedModel(fingerprint, pivots.Detach().To(Device.Cpu).Clone().Own(), differences))
            {
                Steps = steps,
                Perceptual = terms.Perceptual,
                Pixels = terms.Pixels,
            };
        }
        finally
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i].Value.RequiresGrad = required[i];
            }

            AppliedTuning.Write(module, before);
        }
    }

    private void Check(Tensor pivots, Tensor targets, TuningOptions options, Tensor? label)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is [OptionProblem problem, ..])
        {
            throw new ArgumentException(problem.Sentence(), nameof(options));
        }

        if (options.PerceptualWeight > 0 && space is null)
        {
            throw new ArgumentException(
                "A perceptual distance needs a perceptual space: give one, or set its weight to 0.", nameof(options));
        }

        Shape.Require(pivots, [null, generator.NumWs, generator.WDim]);
        Shape.Require(targets, [pivots.Size(0), generator.ImageChannels, generator.Height, generator.Width]);
        if (generator.CDim > 0 && options.LocalityWeight > 0)
        {
            ArgumentNullException.ThrowIfNull(label);
            Shape.Require(label, [1, generator.CDim]);
        }
    }

    private (int Steps, DistanceTerms Terms) Run(
        NamedTensor[] parameters, Tensor pivots, Tensor targets, TuningOptions options, Tensor? label,
        IProgress<ProjectionProgress>? progress, CancellationToken cancel)
    {
        Device device = NetworkDevice.Of(generator);
        Tensor ws = pivots.Detach().To(device);
        Tensor[] values = [.. parameters.Select(p => p.Value)];
        using var loss = new ProjectionLoss(
            space, targets.To(device).To(DType.Float32), options.PerceptualWeight, options.PixelWeight);
        using var neighbors = new Neighborhood(generator, ws, options, label, space);
        using var adam = new Adam(parameters, new AdamOptions { LearningRate = options.LearningRate });
        for (int step = 0; ; step++)
        {
            using var scope = new TensorScope();
            using GradMode mode = GradMode.On();
            cancel.ThrowIfCancellationRequested();
            Tensor images = generator.Synthesize(ws, NoiseInput.Const, updateAverages: false);
            (DistanceTerms terms, Tensor slope) = loss.Differentiate(images, half: false);
            double[] total = terms.Total(options.PerceptualWeight, options.PixelWeight);
            progress?.Report(new ProjectionProgress(
                step, options.Steps, total.Average(), terms.Perceptual.Average(), terms.Pixels.Average(), null));
            if (!total.All(double.IsFinite))
            {
                throw new InvalidOperationException($"The tuning has no finite distance at step {step}: use a lower learning rate.");
            }

            if (step == options.Steps || total.Max() <= options.Threshold)
            {
                return (step, terms);
            }

            var outputs = new List<Tensor> { images };
            var slopes = new List<Tensor> { slope / images.Size(0) };
            neighbors.Add(step, outputs, slopes);
            adam.Step(Gradient.Of([.. outputs], values, [.. slopes]));
        }
    }

    // Neighbours of the pivots with the images that the network made of them before.
    private sealed class Neighborhood : IDisposable
    {
        private readonly ITrainableGenerator generator;
        private readonly List<(Tensor Ws, ProjectionLoss Loss)> samples = [];

        internal Neighborhood(
            ITrainableGenerator generator, Tensor pivots, TuningOptions options, Tensor? label, IPerceptualSpace? space)
        {
            this.generator = generator;
            int count = options.LocalityWeight > 0 ? Math.Min(MaxNeighbors, options.Steps) : 0;
            using GradMode mode = GradMode.Off();
            for (int i = 0; i < count; i++)
            {
                using var scope = new TensorScope();
                Tensor z = LatentSeeds.Draw([unchecked(options.Seed + (uint)i)],
                    generator.ZDim).To(DType.Float32).To(pivots.Device);
                Tensor w = generator.Map(z, generator.CDim > 0 ? label!.To(pivots.Device) : null);   // [1, NumWs, WDim]
                Tensor truncated = generator.WAvg is Tensor mean ? mean.Lerp(w, LocalityPsi) : w * LocalityPsi;
                Tensor pivot = pivots.Slice(0, i % pivots.Size(0), (i % pivots.Size(0)) + 1);
                Tensor way = truncated - pivot;
                Tensor length = way.Square().Sum([2], keepDim: true).Sqrt().Clamp(1e-8, null);       // [1, NumWs, 1]
                Tensor near = pivot + (way / length * options.LocalityRadius);
                Tensor image = generator.Synthesize(near, NoiseInput.None, updateAverages: false);
                var loss = new ProjectionLoss(
                    space, image, space is null ? 0 : options.LocalityWeight, options.LocalityWeight);
                samples.Add((near.Own(), loss));
            }
        }

        internal void Add(int step, List<Tensor> outputs, List<Tensor> slopes)
        {
            if (samples.Count == 0)
            {
                return;
            }

            (Tensor ws, ProjectionLoss loss) = samples[step % samples.Count];
            Tensor image = generator.Synthesize(ws, NoiseInput.None, updateAverages: false);
            outputs.Add(image);
            slopes.Add(loss.Differentiate(image, half: false).Gradient);
        }

        public void Dispose()
        {
            foreach ((Tensor ws, ProjectionLoss loss) in samples)
            {
                ws.Dispose();
                loss.Dispose();
            }
        }
    }
}
