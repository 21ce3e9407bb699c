using System.Diagnostics;
using StyleGanSharp.Benchmarking.Convolutions;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Augment;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Stats;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Benchmarking.Training;

/// <summary>
/// Times iterations of a workload on random images: those with the main phases only, those with path length and those with
/// everything, and adds them up in the shares they have in training.
/// </summary>
internal static class TrainingBenchmark
{
    // Iterations of one kind; the fastest counts, as for generators.
    private const int Repetitions = 2;

    internal static TrainingRow Measure(TrainingWorkload workload, Precision precision, Device device, CancellationToken cancel)
    {
        TrainingOptions options = workload.Options() with { Precision = precision };
        using TrainedNetworks networks = NetworkFactory.Create(options);
        networks.Generator.To(device);
        networks.Average.To(device);
        networks.Discriminator.To(device);
        using var generator = new RandomGenerator(1);
        AugmentPipe? pipe = options.Augmentation.Mode == AugmentationMode.None
            ? null : new AugmentPipe(AugmentPresets.Parse(options.Augmentation.Pipeline));
        using var trainer = new Trainer(
            networks, options.Trainer, new StatsCollector(),
            pipe is null ? null : images => pipe.Apply(images, options.Augmentation.Strength, new RandomDraws(generator)));

        int pathLength = options.Trainer.GeneratorInterval ?? 1, r1 = options.Trainer.DiscriminatorInterval ?? 1;
        double main = Seconds(trainer, options, networks.Trained.ZDim, device, generator, 1, cancel);
        double withPathLength = pathLength == 1
            ? main : Seconds(trainer, options, networks.Trained.ZDim, device, generator, pathLength, cancel);
        double everything = Seconds(trainer, options, networks.Trained.ZDim, device, generator, 0, cancel);
        double average = main + ((withPathLength - main) / pathLength) + ((everything - withPathLength) / r1);

        // Before the floor, which needs memory of its own.
        long peak = PeakMemory.Own();
        TensorMemory.Release();
        double floor = TrainingFloor.SecondsPerKimg(networks, options, new OperationFloor(device, cancel, precision));
        return new TrainingRow(
            workload.Name, workload.Title, ConvolutionCeiling.Name(precision), Round(average * 1000 / options.Batch),
            workload.Official, Round(floor), peak,
            Goals.Seconds(Goals.Training, workload.Name, precision: precision), [
                Round(main), Round(withPathLength), Round(everything)]);
    }

    private static double Round(double seconds) => Math.Round(seconds, 4);

    // An iteration whose number decides which regularisations are due. The first is the warm-up.
    private static double Seconds(
        Trainer trainer, TrainingOptions options, int zDim, Device device, RandomGenerator generator, long iteration,
        CancellationToken cancel)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i <= Repetitions; i++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            Tensor images = Tensor.RandN([options.Batch, 3, options.Resolution, options.Resolution], generator).To(device);
            trainer.Iterations = iteration;
            var watch = Stopwatch.StartNew();
            trainer.Iterate(images, null, new Draws(options.Batch, zDim, generator), options.Batch);
            device.Synchronize();
            best = i == 0 ? best : Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    private sealed class Draws(int batch, int zDim, RandomGenerator generator) : IIterationDraws
    {
        public (Tensor Latents, Tensor? Labels) Inputs(int phase) =>
            (Tensor.RandN([batch, zDim], generator), null);

        public ILossDraws Loss(int phase, int round) => new SeededLossDraws(generator, new Networks.Latents.NumpyRandom(0));
    }
}
