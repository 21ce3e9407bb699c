using StyleGanSharp.Cli.Benchmarks.Convolutions;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Cli.Benchmarks.Generators;

/// <summary>Measures one generator at one batch size, then the floor of its convolutions, in this process.</summary>
internal static class GeneratorBenchmark
{
    internal static GeneratorRow Measure(BenchOptions options, Device device, CancellationToken cancel)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        int batch = options.Batches![0];
        BenchSubject? subject = options.Resolution is not null ? options.OfSize() : options.Subject;
        Precision used = options.Precision ?? Precision.Float32;
        ConvolutionShape[] shapes;
        double[] runs;
        using (IGenerator generator = subject?.CreateRandom() ?? GeneratorFile.Open(options.Network!).Load())
        {
            generator.To(device);
            ConsoleModels.RequirePrecision(used, device, generator);
            if (generator is IReducedPrecision network)
            {
                network.Precision = used;
            }

            shapes = GeneratorConvolutions.Of(generator);
            runs = Run(generator, batch, options.Seconds, device, cancel);
        }

        // Before the floor, which needs memory of its own.
        long peak = PeakMemory.Own();
        TensorMemory.Release();
        double floor = new OperationFloor(device, cancel, used).Seconds(shapes, batch, ConvolutionPass.Forward);
        string name = subject?.Name ?? Path.GetFileName(options.Network!);
        return new GeneratorRow(
            name, subject?.Title ?? name, batch, ConvolutionCeiling.Name(used), Math.Round(shapes.Sum(s => s.Gflop), 3), Round(runs[0] / batch),
            Round(runs[runs.Length / 2] / batch), runs.Length, Round(floor / batch), peak,
            options.Resolution is null && subject is not null ? Goals.Seconds(Goals.Generators, name, batch, used) : null);
    }

    private static double[] Run(IGenerator generator, int batch, double budget, Device device, CancellationToken cancel)
    {
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(1);
        Tensor z = Tensor.RandN([batch, generator.ZDim], draws).To(device);
        Tensor? c = generator.CDim > 0 ? Tensor.Zeros([batch, generator.CDim], device: device) : null;
        return Timing.Measure(device, budget, () => generator.Synthesize(generator.Map(z, c), NoiseInput.Const), cancel);
    }

    private static double Round(double seconds) => Math.Round(seconds, 6);
}
