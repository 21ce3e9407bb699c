using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Losses;

/// <summary>
/// The loss of StyleGAN2 and StyleGAN3 and its gradients, phase by phase: the non-saturating logistic loss (Goodfellow et al. 2014),
/// R1 (Mescheder et al. 2018) and path length regularisation (Karras et al. 2020, section 3.2, equation 4).
/// </summary>
public sealed class GanLoss : IDisposable
{
    private readonly ITrainedGenerator generator;
    private readonly IDiscriminator discriminator;
    private readonly Module discriminatorModule;
    private readonly Func<Tensor, Tensor>? augment;
    private readonly IStatsReporter stats;

    /// <summary>Prepares the loss.</summary>
    /// <param name="generator">The generator; it stays the caller's.</param>
    /// <param name="discriminator">The discriminator, a module; it stays the caller's.</param>
    /// <param name="options">Weights.</param>
    /// <param name="stats">Takes scores, losses and penalties.</param>
    /// <param name="augment">Applied to everything that the discriminator sees, twice differentiable; null: nothing.</param>
    public GanLoss(
        ITrainedGenerator generator, IDiscriminator discriminator, LossOptions options, IStatsReporter stats, Func<Tensor, Tensor>? augment = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stats);
        discriminatorModule = discriminator as Module ?? throw new ArgumentException("The discriminator is no module.", nameof(discriminator));
        (this.generator, this.discriminator, this.augment, this.stats) = (generator, discriminator, augment, stats);
        Options = options;
        PathLengthMean = Tensor.Zeros([]).Own();
    }

    /// <summary>Weights.</summary>
    public LossOptions Options { get; }

    /// <summary>Running mean of the path length, float32 []: state of the training.</summary>
    public Tensor PathLengthMean { get; }

    /// <summary>Whether a phase does anything: a regularisation without weight does not.</summary>
    public bool IsActive(Phase phase) => phase switch
    {
        Phase.GeneratorRegularization => Options.PathLengthWeight > 0,
        Phase.DiscriminatorRegularization => Options.R1Gamma > 0,
        _ => true,
    };

    /// <summary>Gradients of a phase's loss, averaged over the batch, with respect to the parameters of the network it trains.</summary>
    /// <param name="phase">What is computed.</param>
    /// <param name="batch">On what.</param>
    /// <param name="gain">Factor of the loss: the interval of a lazy regularisation.</param>
    /// <param name="images">Images seen so far, for what fades with time.</param>
    /// <param name="draws">Random numbers.</param>
    /// <returns>One for each of the network's parameters, in their order; null where the parameter has no part in the loss.</returns>
    public Tensor?[] Gradients(Phase phase, LossBatch batch, double gain, long images, ILossDraws draws)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(draws);
        double blur = DiscriminatorBlur.Sigma(Options, images);
        Module trained = phase.IsGenerator() ? generator.Module : discriminatorModule;
        generator.Module.RequireGrad(phase.IsGenerator());
        discriminatorModule.RequireGrad(!phase.IsGenerator());

        using var scope = new TensorScope();
        var sum = new GradientSum(trained.NamedParameters().Select(p => p.Value));
        if (phase.IsGenerator())
        {
            if (phase.HasMain())
            {
                GeneratorMain(sum, batch, gain, blur, draws);
            }

            if (phase.HasRegularization() && Options.PathLengthWeight > 0)
            {
                PathLength(sum, batch, gain, draws);
            }
        }
        else
        {
            double gamma = phase.HasRegularization() ? Options.R1Gamma : 0;
            Tensor? generated = phase.HasMain() ? Generated(sum, batch, gain, blur, draws) : null;
            if (phase.HasMain() || gamma > 0)
            {
                Real(sum, batch, gain, blur, generated, gamma);
            }
        }

        Tensor?[] gradients = sum.HandTo(scope);
        foreach (Tensor gradient in gradients.OfType<Tensor>())
        {
            scope.Keep(gradient);
        }

        return gradients;
    }

    /// <inheritdoc/>
    public void Dispose() => PathLengthMean.Dispose();

    // Maximise the logits of generated pictures.
    private void GeneratorMain(GradientSum sum, LossBatch batch, double gain, double blur, ILossDraws draws)
    {
        using var scope = new TensorScope();
        (Tensor image, _) = Generate(batch.Latents, batch.LatentLabels, draws, updateAverages: false);
        Tensor logits = Judge(image, batch.LatentLabels, blur, "fake");
        Tensor loss = Functional.Softplus(-logits);
        stats.Report("Loss/G/loss", loss);
        sum.Add(loss.Mean() * gain);
    }

    // Make a step in w a step of constant size in the picture: equation 4.
    private void PathLength(GradientSum sum, LossBatch batch, double gain, ILossDraws draws)
    {
        using var scope = new TensorScope();
        long count = Math.Max(1, batch.Latents.Size(0) / Options.PathLengthBatchShrink);
        (Tensor image, Tensor ws) = Generate(
            batch.Latents.Slice(0, 0, count), batch.LatentLabels?.Slice(0, 0, count), draws, updateAverages: false);
        Tensor direction = draws.PathNoise(image.Shape).To(image.Device) / Math.Sqrt(image.Size(2) * image.Size(3));
        Tensor slope = Gradient.Of((image * direction).Sum(), ws, createGraph: true); // [n, NumWs, WDim]
        Tensor lengths = slope.Square().Sum([2]).Mean([1]).Sqrt();                    // [n]
        Tensor mean = PathLengthMean.To(lengths.Device).Lerp(lengths.Mean(), Options.PathLengthDecay);
        using (GradMode.Off())
        {
            PathLengthMean.CopyInPlace(mean.Detach());
        }

        Tensor penalty = (lengths - mean).Square();
        stats.Report("Loss/pl_penalty", penalty);
        Tensor loss = penalty * Options.PathLengthWeight;
        stats.Report("Loss/G/reg", loss);
        sum.Add(loss.Mean() * gain);
    }

    // Minimise the logits of generated pictures. Returns the loss, [N, 1].
    private Tensor Generated(GradientSum sum, LossBatch batch, double gain, double blur, ILossDraws draws)
    {
        using var scope = new TensorScope();
        Tensor image;
        using (GradMode.Off())
        {
            (image, _) = Generate(batch.Latents, batch.LatentLabels, draws, updateAverages: true);
        }

        Tensor loss = Functional.Softplus(Judge(image, batch.LatentLabels, blur, "fake"));
        sum.Add(loss.Mean() * gain);
        return scope.Keep(loss.Detach());
    }

    // Maximise the logits of real pictures, and keep their slope in picture space small (R1).
    private void Real(GradientSum sum, LossBatch batch, double gain, double blur, Tensor? generated, double gamma)
    {
        using var scope = new TensorScope();
        Tensor image = batch.Images.Detach();
        image.RequiresGrad = gamma > 0;
        Tensor logits = Judge(image, batch.ImageLabels, blur, "real");
        Tensor? loss = null;
        if (generated is not null)
        {
            loss = Functional.Softplus(-logits);
            stats.Report("Loss/D/loss", generated + loss.Detach());
        }

        if (gamma > 0)
        {
            Tensor slope = Gradient.Of(logits.Sum(), image, createGraph: true);
            Tensor penalty = slope.Square().Sum([1, 2, 3]);                           // [N]
            stats.Report("Loss/r1_penalty", penalty);
            Tensor weighted = penalty * (gamma / 2);
            stats.Report("Loss/D/reg", weighted);
            loss = loss is null ? weighted : loss.Reshape(-1) + weighted;
        }

        sum.Add(loss!.Mean() * gain);
    }

    private (Tensor Image, Tensor Ws) Generate(Tensor z, Tensor? c, ILossDraws draws, bool updateAverages)
    {
        Tensor ws = generator.Map(z, c, updateAverages);
        if (Options.StyleMixingProb > 0)
        {
            int cutoff = draws.MixingCutoff(generator.NumWs);
            bool mixed = draws.MixingUniform() < Options.StyleMixingProb;
            Tensor second = draws.MixingLatents(z.Size(0), generator.ZDim);
            if (mixed)
            {
                Tensor other = generator.Map(second, c, updateAverages: false);
                ws = Tensor.Cat([ws.Slice(1, 0, cutoff), other.Slice(1, cutoff)], 1);
            }
        }

        return (generator.Synthesize(ws, draws.LayerNoise(), updateAverages), ws);
    }

    private Tensor Judge(Tensor image, Tensor? c, double blur, string kind)
    {
        image = DiscriminatorBlur.Apply(image, blur);
        Tensor logits = discriminator.Forward(augment is null ? image : augment(image), c);
        stats.Report($"Loss/scores/{kind}", logits);
        stats.Report($"Loss/signs/{kind}", logits.Detach().Sign());
        return logits;
    }
}
