using System.Diagnostics;
using System.Globalization;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Sampling;
using StyleGanSharp.Training.Steps;
using StyleGanSharp.Training.Tests.Runs;

namespace StyleGanSharp.Training.Tests.Distributed;

/// <summary>
/// A process that trains on its part of batches that are the same for any number of processes: process r takes the samples n with
/// n mod processes = r. Two groups of the minibatch standard deviation of the whole batch consist of the same samples.
/// </summary>
internal static class HalfBatch
{
    public const string Argument = "half-batch";
    public const int Batch = 8;
    public const int Iterations = 10;

    /// <summary>The options of the training.</summary>
    /// <param name="parts">Into how many parts the batch is divided; one process alone forms the same groups.</param>
    /// <param name="pathLength">With path length regularisation.</param>
    public static TrainingOptions Options(int parts, bool pathLength) => TinyRun.Options(change: r => r with
    {
        Batch = Batch,
        MicroBatch = null,
        GroupSize = Batch / parts,
        Augmentation = "noaug",
        Target = null,
        PathLengthWeight = pathLength ? 2 : 0,
    });

    /// <summary>Starts a process; it writes its weights into a file.</summary>
    public static Process Start(int rank, int size, int port, int parts, bool pathLength, string file)
    {
        string[] numbers =
            [.. new[] { rank, size, port, parts, pathLength ? 1 : 0 }.Select(n => n.ToString(CultureInfo.InvariantCulture))];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, .. numbers, file])
        {
            RedirectStandardError = true,
        })!;
    }

    /// <summary>What such a process does.</summary>
    public static void Run(string[] args)
    {
        int[] numbers = [.. args[..5].Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        (int rank, int size, int port) = (numbers[0], numbers[1], numbers[2]);
        TorchLibrary.Threads = 1;
        using World? world = size == 1 ? null : World.Join(
            new WorldOptions { Rank = rank, Size = size, LocalRank = rank, LocalSize = size, Port = port },
            Console.Error.WriteLine, CancellationToken.None);
        world?.Agree(new Agreement("{}", "", "Cpu", ""), Device.Cpu);
        Train(Options(numbers[3], numbers[4] == 1), world is null ? SingleProcess.Instance : world, args[5]);
    }

    private static void Train(TrainingOptions options, IReducer reducer, string file)
    {
        using var scope = new TensorScope();
        using ImageDataset dataset = ImageDataset.Open(options.Data.Path);
        var data = new DatasetView(dataset, new DatasetViewOptions { UseLabels = true });
        int share = Batch / reducer.Size;
        var turns = new InfiniteSampler(data.Count, new InfiniteSamplerOptions { Rank = reducer.Rank, Replicas = reducer.Size });
        using var loader = new DatasetLoader(
            dataset, data.InOrder(turns), new DatasetLoaderOptions { BatchSize = share, Workers = 1, Labels = true });
        using TrainedNetworks networks = NetworkFactory.Create(options);
        using var trainer = new Trainer(networks, options.Trainer, new RecordedStats()) { Reducer = reducer };
        for (int i = 0; i < Iterations; i++)
        {
            using DatasetBatch batch = loader.Next()!;
            Tensor images = Pixels.ToFloat(Tensor.From(batch.Pixels, [share, dataset.Channels, dataset.Height, dataset.Width]));
            trainer.Iterate(images, Tensor.From(batch.Labels, [share, data.LabelSize]), new Draws(i, data, reducer), share);
        }

        static IEnumerable<(string, Tensor)> Named(string prefix, Module module) =>
            module.NamedTensors().Select(t => (prefix + t.Name, t.Value));
        Safetensors.Write(
            file,
            [.. Named("G.", networks.GeneratorModule), .. Named("D.", networks.DiscriminatorModule), .. Named(
                "E.", networks.AverageModule)],
            new Dictionary<string, string>());
    }

    private sealed class Draws(int iteration, DatasetView data, IReducer reducer) : IIterationDraws
    {
        public (Tensor Latents, Tensor? Labels) Inputs(int phase)
        {
            var labels = new float[Batch * data.LabelSize];
            var numbers = new NumpyRandom((uint)((100 * iteration) + phase));
            for (int n = 0; n < Batch; n++)
            {
                data.CopyLabel((int)numbers.RandInt(data.Count), labels.AsSpan(n * data.LabelSize, data.LabelSize));
            }

            return (Part(Normal([Batch, 8], phase, 0)), Part(Tensor.From(labels, [Batch, data.LabelSize])));
        }

        public ILossDraws Loss(int phase, int round) => new PhaseDraws(this, phase);

        private Tensor Normal(ReadOnlySpan<long> shape, int phase, int what)
        {
            using var generator = new RandomGenerator((ulong)((10_000 * iteration) + (10 * phase) + what));
            return Tensor.RandN(shape, generator);
        }

        private Tensor Part(Tensor whole) => whole.Slice(0, reducer.Rank, step: reducer.Size).Contiguous();

        private Tensor NormalPart(ReadOnlySpan<long> shape, int phase, int what)
        {
            long[] whole = shape.ToArray();
            whole[0] *= reducer.Size;
            return Part(Normal(whole, phase, what));
        }

        private sealed class PhaseDraws(Draws owner, int phase) : ILossDraws
        {
            public int MixingCutoff(int numWs) => 1 + (owner.Number(phase) % (numWs - 1));

            public double MixingUniform() => owner.Number(phase) % 10 / 10.0;

            public Tensor MixingLatents(long count, int zDim) => owner.NormalPart([count, zDim], phase, 1);

            public NoiseInput LayerNoise() => NoiseInput.Const;

            public Tensor PathNoise(ReadOnlySpan<long> shape) => owner.NormalPart(shape, phase, 2);

            public Tensor PenaltyMix(long count) => throw new NotSupportedException("This run has no gradient penalty.");
        }

        private int Number(int phase) => (int)new NumpyRandom((uint)((7 * iteration) + phase)).RandInt(1000);
    }
}
