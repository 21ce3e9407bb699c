using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Losses;

/// <summary>
/// The loss of StyleGAN, StyleGAN2 and StyleGAN3: the non-saturating logistic loss (Goodfellow et al. 2014), R1 (Mescheder et al.
/// 2018) and path length regularisation (Karras et al. 2020, section 3.2, equation 4).
/// </summary>
/// <param name="generator">The generator; it stays the caller's.</param>
/// <param name="discriminator">The discriminator, a module; it stays the caller's.</param>
/// <param name="options">Weights.</param>
/// <param name="stats">Takes scores, losses and penalties.</param>
/// <param name="augment">Applied to everything that the discriminator sees, twice differentiable; null: nothing.</param>
public sealed class GanLoss(
    ITrainableGenerator generator, IDiscriminator discriminator, LossOptions options, IStatsReporter stats, Func<Tensor,
    Tensor>? augment = null)
    : AdversarialLoss(generator, discriminator, options, stats, augment)
{
    /// <inheritdoc/>
    public override bool IsActive(Phase phase) => phase switch
    {
        Phase.GeneratorRegularization => Options.PathLengthWeight > 0,
        Phase.DiscriminatorRegularization => Options.R1Gamma > 0,
        _ => true,
    };

    /// <inheritdoc/>
    public override bool IsRepeatable(Phase phase, long images)
    {
        bool generates = phase.IsGenerator() || phase.HasMain();
        bool hasPathLength = phase.IsGenerator() && phase.HasRegularization() && Options.PathLengthWeight > 0;
        return !Augments && !hasPathLength && !DiscriminatorBlur.IsVisible(DiscriminatorBlur.Sigma(Options, images))
            && Discriminator.IsRepeatable && (!generates || (Options.StyleMixingProb == 0 && Generator.IsRepeatable));
    }

    /// <inheritdoc/>
    private protected override void Add(GradientSum sum, Phase phase, LossBatch batch, double gain, double blur, ILossDraws draws)
    {
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

            return;
        }

        double gamma = phase.HasRegularization() ? Options.R1Gamma : 0;
        Tensor? generated = phase.HasMain() ? Generated(sum, batch, gain, blur, draws) : null;
        if (phase.HasMain() || gamma > 0)
        {
            Real(sum, batch, gain, blur, generated, gamma);
        }
    }

    // Maximise the logits of generated images.
    private void GeneratorMain(GradientSum sum, LossBatch batch, double gain, double blur, ILossDraws draws)
    {
        using var scope = new TensorScope();
        (Tensor image, _) = Generate(batch.Latents, batch.LatentLabels, draws, updateAverages: false);
        (Tensor logits, Tensor? labels) = Signed(image, batch.LatentLabels, blur, "fake");
        Tensor loss = Plus(Functional.Softplus(-logits), labels);
        Stats.Report("Loss/G/loss", loss);
        sum.Add(loss.Mean() * gain);
    }

    // Make a step in w a step of constant size in the image: equation 4.
    private void PathLength(GradientSum sum, LossBatch batch, double gain, ILossDraws draws)
    {
        using var scope = new TensorScope();
        long count = Math.Max(1, batch.Latents.Size(0) / Options.PathLengthBatchShrink);
        (Tensor image, Tensor ws) = Generate(
            batch.Latents.Slice(0, 0, count), batch.LatentLabels?.Slice(0, 0, count), draws, updateAverages: false,
            measuresSlope: true);
        Tensor direction = draws.PathNoise(image.Shape).To(image.Device) / Math.Sqrt(image.Size(2) * image.Size(3));
        Tensor slope = Gradient.Of((image * direction).Sum(), ws, createGraph: true); // [n, NumWs, WDim]
        Tensor lengths = slope.Square().Sum([2]).Mean([1]).Sqrt();                    // [n]
        Tensor mean = PathLengthMean.To(lengths.Device).Lerp(lengths.Mean(), Options.PathLengthDecay);
        using (GradMode.Off())
        {
            PathLengthMean.CopyInPlace(mean.Detach());
        }

        Tensor penalty = (lengths - mean).Square();
        Stats.Report("Loss/pl_penalty", penalty);
        Tensor loss = penalty * Options.PathLengthWeight;
        Stats.Report("Loss/G/reg", loss);
        sum.Add(loss.Mean() * gain);
    }

    // Minimise the logits of generated images. Returns the loss, [N, 1].
    private Tensor Generated(GradientSum sum, LossBatch batch, double gain, double blur, ILossDraws draws)
    {
        using var scope = new TensorScope();
        Tensor image;
        using (GradMode.Off())
        {
            (image, _) = Generate(batch.Latents, batch.LatentLabels, draws, updateAverages: true);
        }

        (Tensor logits, Tensor? labels) = Signed(image, batch.LatentLabels, blur, "fake");
        Tensor loss = Plus(Functional.Softplus(logits), labels);
        sum.Add(loss.Mean() * gain);
        return scope.Keep(loss.Detach());
    }

    // Maximise the logits of real images, and keep their slope in image space small (R1).
    private void Real(GradientSum sum, LossBatch batch, double gain, double blur, Tensor? generated, double gamma)
    {
        using var scope = new TensorScope();
        Tensor image = batch.Images.Detach();
        image.RequiresGrad = gamma > 0;
        (Tensor logits, Tensor? labels) = Signed(image, batch.ImageLabels, blur, "real");
        Tensor? loss = null;
        if (generated is not null)
        {
            loss = Plus(Functional.Softplus(-logits), labels);
            Stats.Report("Loss/D/loss", generated + loss.Detach());
        }

        if (gamma > 0)
        {
            Tensor slope = Gradient.Of(logits.Sum(), image, createGraph: true);
            Tensor penalty = slope.Square().Sum([1, 2, 3]);                           // [N]
            Stats.Report("Loss/r1_penalty", penalty);
            Tensor weighted = penalty * (gamma / 2);
            Stats.Report("Loss/D/reg", weighted);
            loss = loss is null ? weighted : loss.Reshape(-1) + weighted;
        }

        sum.Add(loss!.Mean() * gain);
    }

    // The signs say whether the discriminator still errs: ADA and the warnings follow them.
    private (Tensor Logits, Tensor? Labels) Signed(Tensor image, Tensor? c, double blur, string kind)
    {
        (Tensor logits, Tensor? labels) = Judge(image, c, blur, kind);
        Stats.Report($"Loss/signs/{kind}", logits.Detach().Sign());
        return (logits, labels);
    }
}
