using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Losses;

/// <summary>
/// The loss of ProGAN, and of StyleGAN on CelebA-HQ: Wasserstein with gradient penalty (Gulrajani et al. 2017, algorithm 1), and
/// a term that keeps scores from drifting (Karras et al. 2018, appendix A.1). The penalty is computed in every step.
/// </summary>
/// <param name="generator">The generator; it stays the caller's.</param>
/// <param name="discriminator">The discriminator, a module; it stays the caller's.</param>
/// <param name="options">Weights.</param>
/// <param name="stats">Takes scores, losses and penalties.</param>
/// <param name="augment">Applied to everything that the discriminator sees, twice differentiable; null: nothing.</param>
public sealed class WassersteinLoss(
    ITrainableGenerator generator, IDiscriminator discriminator, LossOptions options, IStatsReporter stats, Func<Tensor,
    Tensor>? augment = null)
    : AdversarialLoss(generator, discriminator, options, stats, augment)
{
    // Keeps the slope of the norm finite where a gradient vanishes.
    private const double NormEpsilon = 1e-12;

    /// <inheritdoc/>
    public override bool IsActive(Phase phase) => phase.HasMain();

    /// <inheritdoc/>
    private protected override void Add(GradientSum sum, Phase phase, LossBatch batch, double gain, double blur, ILossDraws draws)
    {
        if (!phase.HasMain())
        {
            return; // The penalty belongs to the main phase.
        }

        using var scope = new TensorScope();
        if (phase.IsGenerator())
        {
            GeneratorMain(sum, batch, gain, blur, draws);
            return;
        }

        Tensor fake;
        using (GradMode.Off())
        {
            (fake, _) = Generate(batch.Latents, batch.LatentLabels, draws, updateAverages: true);
        }

        Tensor loss = Generated(sum, fake, batch.LatentLabels, gain, blur) + Real(sum, batch, gain, blur);
        loss = loss + Penalty(sum, fake, batch, gain, blur, draws);
        Stats.Report("Loss/D/loss", loss);
    }

    // Raise the scores of generated images.
    private void GeneratorMain(GradientSum sum, LossBatch batch, double gain, double blur, ILossDraws draws)
    {
        (Tensor image, _) = Generate(batch.Latents, batch.LatentLabels, draws, updateAverages: false);
        (Tensor scores, Tensor? labels) = Judge(image, batch.LatentLabels, blur, "fake");
        Tensor loss = Plus(-scores, labels);
        Stats.Report("Loss/G/loss", loss);
        sum.Add(loss.Mean() * gain);
    }

    // Lower the scores of generated images. Returns the loss, [N, 1].
    private Tensor Generated(GradientSum sum, Tensor fake, Tensor? c, double gain, double blur)
    {
        using var scope = new TensorScope();
        (Tensor scores, Tensor? labels) = Judge(fake, c, blur, "fake");
        Tensor loss = Plus(scores, labels);
        sum.Add(loss.Mean() * gain);
        return scope.Keep(loss.Detach());
    }

    // Raise the scores of real images, and keep them near 0. Returns the loss, [N, 1].
    private Tensor Real(GradientSum sum, LossBatch batch, double gain, double blur)
    {
        using var scope = new TensorScope();
        (Tensor scores, Tensor? labels) = Judge(batch.Images, batch.ImageLabels, blur, "real");
        Tensor loss = Plus(scores.Square() * Options.DriftWeight - scores, labels);
        sum.Add(loss.Mean() * gain);
        return scope.Keep(loss.Detach());
    }

    // Between real and generated images the slope shall have the length of the target. Returns the weighted penalty, [N, 1].
    private Tensor Penalty(GradientSum sum, Tensor fake, LossBatch batch, double gain, double blur, ILossDraws draws)
    {
        using var scope = new TensorScope();
        Tensor share = draws.PenaltyMix(fake.Size(0)).To(fake.Device).Reshape(-1, 1, 1, 1);
        Tensor mixed = (batch.Images + ((fake - batch.Images) * share)).Detach();
        mixed.RequiresGrad = true;
        (Tensor scores, _) = Judge(mixed, batch.ImageLabels, blur, "mixed");
        Tensor slope = Gradient.Of(scores.Sum(), mixed, createGraph: true);
        Tensor norms = (slope.Square().Sum([1, 2, 3]) + NormEpsilon).Sqrt();      // [N]
        Stats.Report("Loss/gp_norm", norms);
        double target = Options.GradientPenaltyTarget;
        Tensor penalty = (norms - target).Square() * (Options.GradientPenaltyWeight / (target * target));
        Stats.Report("Loss/D/reg", penalty);
        sum.Add(penalty.Mean() * gain);
        return scope.Keep(penalty.Detach().Reshape(-1, 1));
    }
}
