using System.Diagnostics.CodeAnalysis;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;
using StyleGanSharp.Torch.Optimizers;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Steps;

/// <summary>
/// One iteration of training after the other: the phases, each in micro-batches, their optimizers and the running average. What
/// is read, saved and shown around it is the loop's business.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainedNetworks networks;
    private readonly TrainerOptions options;
    private readonly DivertedStats stats;
    private RecordedPhases recorded;

    /// <summary>Prepares the training.</summary>
    /// <param name="networks">What is trained; it stays the caller's.</param>
    /// <param name="options">How.</param>
    /// <param name="stats">Takes scores, losses and penalties.</param>
    /// <param name="augment">Applied to everything that the discriminator sees; null: nothing.</param>
    public Trainer(TrainedNetworks networks, TrainerOptions options, IStatsReporter stats, Func<Tensor, Tensor>? augment = null)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(options);
        this.networks = networks;
        this.options = options;
        this.stats = new DivertedStats(stats);
        Loss = AdversarialLoss.Of(networks.Trained, networks.Discriminator, options.Loss, this.stats, augment);
        RecordBy(CudaGraphs.Shared, message => CudaKernels.Warning?.Invoke(message), RecordedPhases.IsAsked);
        GeneratorOptimizer = new Adam(
            networks.GeneratorModule.NamedParameters(), Lazy(options.GeneratorAdam, options.GeneratorInterval));
        DiscriminatorOptimizer = new Adam(
            networks.DiscriminatorModule.NamedParameters(), Lazy(options.DiscriminatorAdam, options.DiscriminatorInterval));
        ScheduledPhase[] generator =
            [.. Schedule(options.GeneratorInterval, GeneratorOptimizer, Phase.GeneratorMain, Phase.GeneratorRegularization,
                Phase.GeneratorBoth)];
        ScheduledPhase[] discriminator =
        [
            .. Schedule(
                options.DiscriminatorInterval, DiscriminatorOptimizer,
                Phase.DiscriminatorMain, Phase.DiscriminatorRegularization, Phase.DiscriminatorBoth),
        ];
        Phases = options.DiscriminatorFirst ? [.. discriminator, .. generator] : [.. generator, .. discriminator];
    }

    /// <summary>Called with every phase's gradients, before the optimizer uses them.</summary>
    public Action<Phase, IReadOnlyList<Tensor?>>? GradientsReady { get; set; }

    /// <summary>Brings the phases of several processes together; one process alone unless set.</summary>
    public IReducer Reducer { get; init; } = SingleProcess.Instance;

    /// <summary>The loss with its running mean of the path length.</summary>
    public AdversarialLoss Loss { get; }

    /// <summary>The generator's optimizer.</summary>
    public Adam GeneratorOptimizer { get; }

    /// <summary>The discriminator's optimizer.</summary>
    public Adam DiscriminatorOptimizer { get; }

    /// <summary>The phases of an iteration, in order.</summary>
    public IReadOnlyList<ScheduledPhase> Phases { get; }

    /// <summary>Iterations done: decides which regularisations are due.</summary>
    public long Iterations { get; set; }

    /// <summary>Images shown to the discriminator so far.</summary>
    public long Images { get; set; }

    /// <summary>
    /// Puts growing networks at a point of their schedule; to be called before every iteration. Where other layers are trained
    /// than before, the optimizers start anew: their averages belong to another problem.
    /// </summary>
    /// <param name="point">Level of detail and learning rates.</param>
    /// <param name="before">Level of detail of the iteration before; null: there was none.</param>
    /// <exception cref="InvalidOperationException">The networks do not grow.</exception>
    public void SetLevel(GrowthPoint point, double? before)
    {
        networks.SetLod(point.Lod);
        if (before is not double lod || point.HasOtherLayers(lod))
        {
            GeneratorOptimizer.Reset();
            DiscriminatorOptimizer.Reset();
        }

        GeneratorOptimizer.LearningRate =
            Lazy(options.GeneratorAdam with { LearningRate = point.Level.GeneratorRate }, options.GeneratorInterval).LearningRate;
        DiscriminatorOptimizer.LearningRate =
            Lazy(options.DiscriminatorAdam with { LearningRate = point.Level.DiscriminatorRate },
                options.DiscriminatorInterval).LearningRate;
    }

    /// <summary>Does one iteration.</summary>
    /// <param name="images">Real images of this process, [N, C, H, W] float32 in [-1, 1].</param>
    /// <param name="labels">Their labels, [N, CDim]; null for unconditional networks.</param>
    /// <param name="draws">Random numbers.</param>
    /// <param name="microBatch">Samples whose graph is in memory at one time; N must be a multiple of it.</param>
    /// <returns>How many gradient tensors had elements that were not finite.</returns>
    public int Iterate(Tensor images, Tensor? labels, IIterationDraws draws, int microBatch) =>
        Iterate(images, labels, draws, ref microBatch, _ => null);

    /// <summary>Does one iteration, in smaller micro-batches where memory is exhausted.</summary>
    /// <param name="images">Real images, [N, C, H, W] float32 in [-1, 1].</param>
    /// <param name="labels">Their labels, [N, CDim]; null for unconditional networks.</param>
    /// <param name="draws">Random numbers.</param>
    /// <param name="microBatch">
    /// Samples whose graph is in memory at one time; smaller afterwards where memory was exhausted.
    /// </param>
    /// <param name="smaller">The next smaller micro-batch; null: there is none.</param>
    /// <returns>How many gradient tensors had elements that were not finite.</returns>
    public int Iterate(Tensor images, Tensor? labels, IIterationDraws draws, ref int microBatch, Func<int, int?> smaller)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(smaller);
        ArgumentOutOfRangeException.ThrowIfNotEqual(images.Size(0) % microBatch, 0);

        int batch = (int)images.Size(0) * Reducer.Size; // Of all processes.
        int broken = 0;
        for (int i = 0; i < Phases.Count; i++)
        {
            ScheduledPhase phase = Phases[i];
            if (Iterations % phase.Interval == 0 && Loss.IsActive(phase.Phase))
            {
                using var scope = new TensorScope();
                (Tensor z, Tensor? c) = draws.Inputs(i);
                broken += Run(phase, i, new LossBatch(images, labels, z.To(images.Device), c?.To(images.Device)), draws,
                    ref microBatch, smaller);
            }
        }

        RunningAverage.Update(networks.AverageModule, networks.GeneratorModule, RunningAverage.Beta(options, batch, Images));
        Images += batch;
        Iterations++;
        return broken;
    }

    /// <summary>Recordings of phases.</summary>
    internal RecordedPhases Recorded => recorded;

    /// <summary>Chooses what records phases, and whether anything does.</summary>
    [MemberNotNull(nameof(recorded))]
    internal void RecordBy(ICudaGraphs graphs, Action<string> warn, bool isOn)
    {
        recorded?.Dispose();
        recorded = new RecordedPhases(networks, Loss, stats, graphs, warn, isOn);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        recorded.Dispose();
        Loss.Dispose();
        GeneratorOptimizer.Dispose();
        DiscriminatorOptimizer.Dispose();
    }

    private int Run(
        ScheduledPhase phase, int place, LossBatch batch, IIterationDraws draws, ref int microBatch, Func<int, int?> smaller)
    {
        using var scope = new TensorScope();
        using var before = new Averages(networks.GeneratorModule, Loss.PathLengthMean);
        Tensor[] parameters = [.. phase.Optimizer.Parameters.Select(p => p.Value)];
        while (true)
        {
            Tensor?[]? gradients = null;
            try
            {
                gradients = Sum(scope, phase, place, batch, draws, microBatch);
            }
            catch (TorchOutOfMemoryException) when (smaller(microBatch) is not null)
            {
                // All processes repeat the phase, wherever it was.
                recorded.Stop();
            }

            gradients = Reducer.Average(parameters, gradients, before);
            if (gradients is not null)
            {
                int broken = GradientGuard.Apply(gradients);
                GradientsReady?.Invoke(phase.Phase, gradients);
                phase.Optimizer.Step(gradients);
                return broken;
            }

            // The optimizer has not moved yet; what the phase did move goes back.
            before.Restore();
            microBatch = smaller(microBatch)!.Value;
        }
    }

    // The gradients of the rounds are added up, each round's being an average over its own samples.
    private Tensor?[] Sum(
        TensorScope scope, ScheduledPhase phase, int place, LossBatch batch, IIterationDraws draws, int microBatch)
    {
        var sum = new GradientSum(phase.Optimizer.Parameters.Select(p => p.Value));
        for (int first = 0, round = 0; first < batch.Images.Size(0); first += microBatch, round++)
        {
            using var step = new TensorScope();
            LossBatch part = batch.Slice(first, first + microBatch);
            ILossDraws numbers = draws.Loss(place, round);
            sum.Add(Reducer.Size == 1
                ? recorded.Gradients(phase.Phase, part, phase.Interval, Images, numbers)
                : Loss.Gradients(phase.Phase, part, phase.Interval, Images, numbers));
        }

        return sum.HandTo(scope);
    }

    private static AdamOptions Lazy(AdamOptions adam, int? interval) =>
        interval is int steps ? adam.ForLazyRegularization(steps) : adam;

    private static IEnumerable<ScheduledPhase> Schedule(
        int? interval, Adam optimizer, Phase main, Phase regularization, Phase both) =>
        interval is int steps
            ? [new ScheduledPhase(main, 1, optimizer), new ScheduledPhase(regularization, steps, optimizer)]
            : [new ScheduledPhase(both, 1, optimizer)];
}
