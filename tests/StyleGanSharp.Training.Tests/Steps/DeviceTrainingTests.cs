using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Augment;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Steps;

/// <summary>Training on a device, with everything that it has, against the same training on the processor.</summary>
public sealed class DeviceTrainingTests
{
    private const int Batch = 4;

    [Theory, WithTensorScope, Trait("Kind", "Gpu")]
    [InlineData("small", Precision.Float32)]
    [InlineData("small", Precision.Fast)]
    [InlineData("stylegan3-t", Precision.Float32)]
    [InlineData("stylegan3-t", Precision.Fast)]
    public void A_run_that_began_on_the_processor_goes_on_there(string preset, Precision precision)
    {
        Assert.SkipWhen(Device.CudaCount == 0, "libtorch sees no CUDA device.");
        var place = new Device(DeviceType.Cuda, 0);
        Assert.SkipWhen(
            precision == Precision.Fast
                && CudaPrecision.Obstacle(place, isTraining: true) is not null, "the device does not compute with bfloat16.");
        if (precision == Precision.Fast)
        {
            BFloat16.Require(); // On the processor, too.
        }

        float[] here = Train(preset, precision, Device.Cpu), there = Train(preset, precision, place);
        Assert.All(there, v => Assert.True(float.IsFinite(v)));

        // A step of Adam is about the learning rate, whatever the gradient: where that is nearly zero its sign may differ.
        double difference = here.Zip(there, (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(difference, 0, precision == Precision.Fast ? 2e-3 : 5e-4);
    }

    // One iteration with all phases on the processor, another one on the device.
    private static float[] Train(string preset, Precision precision, Device place)
    {
        var request = new TrainingRequest
        {
            Preset = preset,
            Data = new DataOptions { Path = "pictures.zip" },
            Batch = Batch,
            MicroBatch = 2,
            GroupSize = 2,
            ChannelBase = 256,
            ChannelMax = 16,
            LatentSize = 8,
            Precision = precision,
            StyleMixing = preset == "small" ? 0.9 : null,
            PathLengthWeight = preset == "small" ? 2 : null,
        };
        TrainingOptions options = OptionResolver.Resolve(request, new DatasetFacts(32, 32, 3, 0));
        using TrainedNetworks networks = NetworkFactory.Create(options);
        using var stats = new RecordedStats();
        using var random = new RandomGenerator(9);
        using var augmenting = new RandomGenerator(10);
        var pipe = new AugmentPipe(AugmentPresets.Parse(options.Augmentation.Pipeline));
        using var trainer = new Trainer(
            networks, options.Trainer, stats, images => pipe.Apply(images, 0.5, new RandomDraws(augmenting)));
        foreach (Device device in (Device[])[Device.Cpu, place])
        {
            using var scope = new TensorScope();
            networks.Generator.To(device);
            networks.Average.To(device);
            networks.Discriminator.To(device);
            trainer.Iterations = 0; // All phases are due.
            trainer.Iterate(Tensor.RandN([Batch, 3, 32, 32], random).To(device), null, new Draws(options, random), 2);
        }

        return [.. networks.GeneratorModule.NamedParameters().Concat(networks.DiscriminatorModule.NamedParameters()).SelectMany(
            p => p.Value.ToArray<float>())];
    }

    // Drawn on the processor for both.
    private sealed class Draws(TrainingOptions options, RandomGenerator random) : IIterationDraws
    {
        public (Tensor Latents, Tensor? Labels) Inputs(int phase) => (Tensor.RandN([options.Batch, 8], random), null);

        public ILossDraws Loss(int phase, int round) =>
            new SeededLossDraws(random, new NumpyRandom((uint)((phase * 10) + round)));
    }
}
