using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;
using StyleGanSharp.Training.Tests.Runs;

namespace StyleGanSharp.Training.Tests.Steps;

public sealed class ExhaustedMemoryTests
{
    [Fact, NoLeaks]
    public void Exhausted_memory_halves_the_micro_batch_and_changes_nothing_else()
    {
        using var scope = new TensorScope();
        (double[] expected, int size) = Iterate(start: 2, most: int.MaxValue);
        Assert.Equal(2, size);
        (double[] actual, int halved) = Iterate(start: 4, most: 2);
        Assert.Equal(2, halved);
        Assert.Equal(expected, actual);
    }

    [Fact, NoLeaks]
    public void Exhausted_memory_at_the_smallest_micro_batch_is_an_error()
    {
        using var scope = new TensorScope();
        Assert.Throws<TorchOutOfMemoryException>(() => Iterate(start: 4, most: 1));
    }

    // The "machine" has memory for a number of images at once.
    private static (double[] Weights, int MicroBatch) Iterate(int start, int most)
    {
        TrainingOptions options = TinyRun.Options(change: r => r with { Data = r.Data with { UseLabels = false } });
        using TrainedNetworks networks = NetworkFactory.Create(options);
        using var stats = new RecordedStats();
        using var trainer = new Trainer(
            networks, options.Trainer, stats,
            images => images.Size(0) > most ? throw new TorchOutOfMemoryException("not enough memory") : images.Alias());
        using var generator = new RandomGenerator(3);
        Tensor images = Tensor.RandN([4, 3, 32, 32], generator);
        int microBatch = start;
        trainer.Iterate(images, null, new Draws(), ref microBatch, size => MicroBatchChooser.Halve(options, options.Batch, size));
        double[] weights = [.. networks.GeneratorModule.NamedTensors().Concat(networks.DiscriminatorModule.NamedTensors())
            .Append(new Torch.Modules.NamedTensor("pl_mean", trainer.Loss.PathLengthMean)).SelectMany(
                t => t.Value.ToArray<double>())];
        return (weights, microBatch);
    }

    private sealed class Draws : IIterationDraws
    {
        public (Tensor Latents, Tensor? Labels) Inputs(int phase)
        {
            using var generator = new RandomGenerator((ulong)phase);
            return (Tensor.RandN([4, 8], generator), null);
        }

        public ILossDraws Loss(int phase, int round) =>
            new SeededLossDraws(
                new RandomGenerator((ulong)((phase * 10) + round)), new Networks.Latents.NumpyRandom((uint)round));
    }
}
