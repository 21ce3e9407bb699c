using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Steps;

/// <summary>Training with recorded phases against training without, with a stand-in for the device.</summary>
public sealed class RecordedPhasesTests
{
    private const int Batch = 4;
    private const int Iterations = 7;

    private readonly List<string> warnings = [];

    // StyleGAN3 draws nothing but latents: all its phases are recorded, the third time that each is due. StyleGAN2: R1 alone.
    [Theory, NoLeaks]
    [InlineData("stylegan3-t", 2, 3)]
    [InlineData("stylegan3-t", 4, 3)]
    [InlineData("small", 2, 1)]
    public void Weights_averages_and_statistics_are_bit_identical(string preset, int microBatch, int recordings)
    {
        using var scope = new TensorScope();
        (float[] expected, string[] reports, _, _) = Train(preset, microBatch, record: false);
        (float[] actual, string[] recorded, ReplayedGraphs graphs, int count) = Train(preset, microBatch, record: true);
        Assert.Equal((recordings, recordings), (count, graphs.Captures));
        Assert.True(graphs.Replays >= recordings * 2, $"{graphs.Replays} replays");
        Assert.Equal(0, graphs.Alive);
        Assert.Equal(expected, actual);
        Assert.Equal(reports, recorded);
        Assert.Empty(warnings);
    }

    [Fact, NoLeaks]
    public void Where_recording_fails_one_line_is_said_and_training_goes_on_bit_identical()
    {
        using var scope = new TensorScope();
        (float[] expected, _, _, _) = Train("stylegan3-t", 2, record: false);
        (float[] actual, _, ReplayedGraphs graphs, int count) = Train(
            "stylegan3-t", 2, record: true, graphs => graphs.FailsToCapture = true);
        Assert.Equal((0, 0), (count, graphs.Alive));
        Assert.Equal(expected, actual);
        Assert.Contains("STYLEGAN_CUDA_GRAPHS", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact, NoLeaks]
    public void With_augmentation_or_style_mixing_or_path_length_nothing_of_it_is_recorded()
    {
        using var scope = new TensorScope();
        Assert.Equal(0, Train("stylegan3-t", 2, record: true, augment: images => images * 1).Count);
        Assert.Equal(1, Train("stylegan3-t", 2, record: true, change: r => r with { StyleMixing = 0.5 }).Count); // R1
    }

    [Theory, WithTensorScope, Trait("Kind", "Gpu")]
    [InlineData("stylegan3-t", 3)]
    [InlineData("small", 1)]
    public void A_device_records_and_trains_alike(string preset, int recordings)
    {
        Assert.SkipWhen(Device.CudaCount == 0, "libtorch sees no CUDA device.");
        var place = new Device(DeviceType.Cuda, 0);
        float[] expected = Train(preset, 2, record: false, place: place).Weights;
        (float[] actual, _, _, int count) = Train(preset, 2, record: true, place: place);
        Assert.Equal(recordings, count);
        Assert.Empty(warnings);

        // Sums on a device may be added up in another order: a step of Adam is about the learning rate, and its sign may differ.
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Average(), 0, 1e-3);
    }

    private (float[] Weights, string[] Reports, ReplayedGraphs Graphs, int Count) Train(
        string preset, int microBatch, bool record, Action<ReplayedGraphs>? prepare = null, Func<Tensor, Tensor>? augment = null,
        Func<TrainingRequest, TrainingRequest>? change = null, Device? place = null)
    {
        var request = new TrainingRequest
        {
            Preset = preset,
            Data = new DataOptions { Path = "pictures.zip" },
            Batch = Batch,
            MicroBatch = microBatch,
            GroupSize = 2,
            ChannelBase = 128,
            ChannelMax = 8,
            LatentSize = 8,
            StyleMixing = preset == "small" ? 0.9 : null,
            PathLengthWeight = preset == "small" ? 2 : null,
        };
        TrainingOptions options = OptionResolver.Resolve(
            change is null ? request : change(request), new DatasetFacts(32, 32, 3, 0));
        using TrainedNetworks networks = NetworkFactory.Create(options);
        networks.Generator.To(place ?? Device.Cpu);
        networks.Average.To(place ?? Device.Cpu);
        networks.Discriminator.To(place ?? Device.Cpu);
        using var stats = new RecordedStats();
        using var random = new RandomGenerator(17);
        var graphs = new ReplayedGraphs([.. networks.GeneratorModule.NamedBuffers().Select(b => b.Value)]);
        prepare?.Invoke(graphs);
        int count;
        using (var trainer = new Trainer(
            networks, options.Trainer with { GeneratorInterval = 2, DiscriminatorInterval = 2 }, stats, augment))
        {
            trainer.RecordBy(place is null ? graphs : CudaGraphs.Shared, warnings.Add, record);

            // Beyond the blur of the first images, which is no fixed computation.
            trainer.Images = 1_000_000;
            for (int i = 0; i < Iterations; i++)
            {
                using var scope = new TensorScope();
                trainer.Iterate(Tensor.RandN([Batch, 3, 32, 32], random).To(place ?? Device.Cpu), null, new Draws(random),
                    microBatch);
            }

            count = trainer.Recorded.Count;
        }

        string[] reports = [
            .. stats.Names.Order(StringComparer.Ordinal).Select(
                n => $"{n}: {string.Join(' ', stats[n].SelectMany(t => t.ToArray<float>()))}")];
        return ([.. All(networks).SelectMany(t => t.Value.ToArray<float>())], reports, graphs, count);
    }

    private static IEnumerable<NamedTensor> All(TrainedNetworks networks) =>
        networks.GeneratorModule.NamedTensors().Concat(networks.DiscriminatorModule.NamedTensors()).Concat(
            networks.AverageModule.NamedTensors());

    private sealed class Draws(RandomGenerator random) : IIterationDraws
    {
        public (Tensor Latents, Tensor? Labels) Inputs(int phase) => (Tensor.RandN([Batch, 8], random), null);

        public ILossDraws Loss(int phase, int round) =>
            new SeededLossDraws(random, new NumpyRandom((uint)((phase * 10) + round)));
    }
}
