using StyleGanSharp.Benchmarking.Convolutions;
using StyleGanSharp.Benchmarking.Training;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Benchmarking.Tests.Training;

/// <summary>How the passes of a training are weighted, with one floor, which remembers what it has measured.</summary>
public sealed class TrainingFloorTests
{
    private const int Batch = 4;

    [Fact]
    public void Phases_add_up_in_their_shares()
    {
        TrainingOptions options = Options("stylegan2");
        using TrainedNetworks networks = NetworkFactory.Create(options);
        ConvolutionShape[] g = GeneratorConvolutions.Of(networks.Generator), d = DiscriminatorConvolutions.Of(
            networks.Discriminator);
        var floor = new OperationFloor(Device.Cpu, CancellationToken.None);
        double Of(ConvolutionShape[] shapes, ConvolutionPass pass, int batch = Batch) => floor.Seconds(shapes, batch, pass);
        (ConvolutionPass f, ConvolutionPass x, ConvolutionPass w) = (
            ConvolutionPass.Forward, ConvolutionPass.BackwardData, ConvolutionPass.BackwardWeights);

        // R1 in one of 16 iterations, path length in one of 4 with half of the batch.
        Assert.Equal((4, 16), (options.Trainer.GeneratorInterval, options.Trainer.DiscriminatorInterval));
        double main = (2 * Of(g, f)) + Of(g, x) + Of(g, w) + (3 * Of(d, f)) + (3 * Of(d, x)) + (2 * Of(d, w));
        double r1 = (2 * Of(d, f)) + Of(d, x) + Of(d, w);
        double pathLength = (2 * Of(g, f, Batch / 2)) + Of(g, x, Batch / 2) + Of(g, w, Batch / 2);
        double expected = (main + (r1 / 16) + (pathLength / 4)) * 1000 / Batch;
        Assert.Equal(1, TrainingFloor.SecondsPerKimg(networks, options, floor) / expected, 1e-9);

        // Without path length, that share is not there.
        TrainingOptions without =
            options with { Trainer = options.Trainer with { Loss = options.Trainer.Loss with { PathLengthWeight = 0 } } };
        Assert.Equal(1, TrainingFloor.SecondsPerKimg(networks, without, floor) / ((main + (r1 / 16)) * 1000 / Batch), 1e-9);
    }

    [Fact]
    public void StyleGan3_has_no_path_length() => Assert.Equal(0, Options("stylegan3-t").Trainer.Loss.PathLengthWeight);

    private static TrainingOptions Options(string preset) => OptionResolver.Resolve(
        new TrainingRequest
        {
            Preset = preset,
            Data = new DataOptions { Path = "random" },
            ChannelBase = 128,
            ChannelMax = 8,
            Batch = Batch,
            Augmentation = "noaug",
        },
        new DatasetFacts(16, 16, 3, 0));
}
