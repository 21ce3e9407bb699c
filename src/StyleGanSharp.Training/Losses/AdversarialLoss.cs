using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Losses;

/// <summary>A loss between generator and discriminator and its gradients, phase by phase.</summary>
public abstract class AdversarialLoss : IDisposable
{
    private readonly Module discriminatorModule;
    private readonly Func<Tensor, Tensor>? augment;

    /// <summary>Prepares the loss.</summary>
    /// <param name="generator">The generator; it stays the caller's.</param>
    /// <param name="discriminator">The discriminator, a module; it stays the caller's.</param>
    /// <param name="options">Weights.</param>
    /// <param name="stats">Takes scores, losses and penalties.</param>
    /// <param name="augment">Applied to everything that the discriminator sees, twice differentiable; null: nothing.</param>
    protected AdversarialLoss(
        ITrainableGenerator generator, IDiscriminator discriminator, LossOptions options, IStatsReporter stats, Func<Tensor,
        Tensor>? augment)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stats);
        discriminatorModule = discriminator as Module
            ?? throw new ArgumentException("The discriminator is not a module.", nameof(discriminator));
        (Generator, Discriminator, Options, Stats, this.augment) = (generator, discriminator, options, stats, augment);
        PathLengthMean = Tensor.Zeros([]).Own();
    }

    /// <summary>Weights.</summary>
    public LossOptions Options { get; }

    /// <summary>Running mean of the path length, float32 []: state of the training.</summary>
    public Tensor PathLengthMean { get; }

    /// <summary>The generator.</summary>
    protected ITrainableGenerator Generator { get; }

    /// <summary>The discriminator.</summary>
    protected IDiscriminator Discriminator { get; }

    /// <summary>Whether images are augmented before the discriminator sees them.</summary>
    protected bool Augments => augment is not null;

    /// <summary>Takes scores, losses and penalties.</summary>
    protected IStatsReporter Stats { get; }

    /// <summary>The loss that options name.</summary>
    /// <inheritdoc cref="AdversarialLoss(ITrainableGenerator, IDiscriminator, LossOptions, IStatsReporter, Func{Tensor, Tensor}?)"/>
    public static AdversarialLoss Of(
        ITrainableGenerator generator, IDiscriminator discriminator, LossOptions options, IStatsReporter stats, Func<Tensor,
        Tensor>? augment = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Kind == LossKind.Wasserstein
            ? new WassersteinLoss(generator, discriminator, options, stats, augment)
            : new GanLoss(generator, discriminator, options, stats, augment);
    }

    /// <summary>Whether a phase does anything: a regularisation without weight does not.</summary>
    public abstract bool IsActive(Phase phase);

    /// <summary>
    /// Whether the gradients of a phase depend on nothing but the batch and the networks' tensors, and are computed by the same
    /// operators every time: no random numbers, no augmentation, nothing that the processor reads on the way. Such a phase can be
    /// recorded.
    /// </summary>
    /// <param name="phase">What is computed.</param>
    /// <param name="images">Images seen so far.</param>
    public virtual bool IsRepeatable(Phase phase, long images) => false;

    /// <summary>
    /// Gradients of a phase's loss, averaged over the batch, with respect to the parameters of the network it trains.
    /// </summary>
    /// <param name="phase">What is computed.</param>
    /// <param name="batch">On what.</param>
    /// <param name="gain">Factor of the loss: the interval of a lazy regularisation.</param>
    /// <param name="images">Images seen so far, for what fades with time.</param>
    /// <param name="draws">Random numbers.</param>
    /// <returns>
    /// One for each of the network's parameters, in their order; null where the parameter has no part in the loss.
    /// </returns>
    public Tensor?[] Gradients(Phase phase, LossBatch batch, double gain, long images, ILossDraws draws)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(draws);
        var generatorModule = (Module)Generator;
        Module trained = phase.IsGenerator() ? generatorModule : discriminatorModule;
        generatorModule.RequireGrad(phase.IsGenerator());
        discriminatorModule.RequireGrad(!phase.IsGenerator());

        using var scope = new TensorScope();
        var sum = new GradientSum(trained.NamedParameters().Select(p => p.Value));
        Add(sum, phase, batch, gain, DiscriminatorBlur.Sigma(Options, images), draws);
        Tensor?[] gradients = sum.HandTo(scope);
        foreach (Tensor gradient in gradients.OfType<Tensor>())
        {
            scope.Keep(gradient);
        }

        return gradients;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        PathLengthMean.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds the losses of a phase up.</summary>
    /// <param name="sum">Of gradients with respect to the trained network.</param>
    /// <param name="phase">What is computed.</param>
    /// <param name="batch">On what.</param>
    /// <param name="gain">Factor of the loss.</param>
    /// <param name="blur">Of everything that the discriminator sees; see <see cref="DiscriminatorBlur"/>.</param>
    /// <param name="draws">Random numbers.</param>
    private protected abstract void Add(
        GradientSum sum, Phase phase, LossBatch batch, double gain, double blur, ILossDraws draws);

    /// <summary>Latents to images, with style mixing.</summary>
    private protected (Tensor Image, Tensor Ws) Generate(
        Tensor z, Tensor? c, ILossDraws draws, bool updateAverages, bool measuresSlope = false)
    {
        Tensor ws = Generator.Map(z, c, updateAverages);
        if (Options.StyleMixingProb > 0)
        {
            int cutoff = draws.MixingCutoff(Generator.ActiveWs);
            bool mixed = draws.MixingUniform() < Options.StyleMixingProb;
            Tensor second = draws.MixingLatents(z.Size(0), Generator.ZDim).To(z.Device);
            if (mixed)
            {
                Tensor other = Generator.Map(second, c, updateAverages: false);
                ws = Tensor.Cat([ws.Slice(1, 0, cutoff), other.Slice(1, cutoff)], 1);
            }
        }

        // Without mapping layers nothing that is learned stands before w, so nothing would record what follows from it.
        if (measuresSlope && !ws.RequiresGrad)
        {
            ws.RequiresGrad = true;
        }

        return (Generator.Synthesize(ws, draws.LayerNoise(), updateAverages), ws);
    }

    /// <summary>A loss, [N, 1], and what wrong guesses of labels cost, if any.</summary>
    private protected Tensor Plus(Tensor loss, Tensor? labels) => labels is null ? loss : loss + labels * Options.LabelWeight;

    /// <summary>
    /// Images to scores, [N, 1], and to what the wrong guesses of their labels cost, [N, 1]; null: none are guessed.
    /// </summary>
    private protected (Tensor Scores, Tensor? Labels) Judge(Tensor image, Tensor? c, double blur, string kind)
    {
        image = DiscriminatorBlur.Apply(image, blur);
        image = augment is null ? image : augment(image);
        (Tensor scores, Tensor? labels) = AuxiliaryClassifier.Judge(Discriminator, image, c);
        Stats.Report($"Loss/scores/{kind}", scores);
        if (labels is not null)
        {
            Stats.Report($"Loss/labels/{kind}", labels);
        }

        return (scores, labels);
    }
}
