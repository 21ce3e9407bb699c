using StyleGanSharp.Benchmarking.Convolutions;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Benchmarking.Generators;

/// <summary>Measures one generator at one batch size, then the floor of its convolutions, in this process.</summary>
internal static class GeneratorBenchmark
{
    /// <summary>Measures a generator.</summary>
    /// <param name="subject">A generator of random weights; null: <paramref name="network"/> is measured.</param>
    /// <param name="network">A snapshot; null: <paramref name="subject"/> is measured.</param>
    /// <param name="batch">Images of one pass.</param>
    /// <param name="seconds">Longest measurement.</param>
    /// <param name="used">Precision of the pass.</param>
    /// <param name="device">Where.</param>
    /// <param name="hasGoal">The subject is one of <see cref="Goals.Generators"/>, not one of a size of its own.</param>
    /// <param name="cancel">Ends the measurement.</param>
    /// <exception cref="RequestException">The generator has no such precision here.</exception>
    internal static GeneratorRow Measure(
        BenchSubject? subject, string? network, int batch, double seconds, Precision used, Device device, bool hasGoal,
        CancellationToken cancel)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        ConvolutionShape[] shapes;
        double[] runs;
        using (IGenerator generator = subject?.CreateRandom() ?? GeneratorFile.Open(network!).Load())
        {
            generator.To(device);
            if (PrecisionSupport.Obstacle(used, device, generator) is string obstacle)
            {
                throw new RequestException("precision", "fast", $"{obstacle}; leave it out");
            }

            if (generator is IReducedPrecision reducing)
            {
                reducing.Precision = used;
            }

            shapes = GeneratorConvolutions.Of(generator);
            runs = Run(generator, batch, seconds, device, cancel);
        }

        // Before the floor, which needs memory of its own.
        long peak = PeakMemory.Own();
        TensorMemory.Release();
        double floor = new OperationFloor(device, cancel, used).Seconds(shapes, batch, ConvolutionPass.Forward);
        string name = subject?.Name ?? Path.GetFileName(network!);
        return new GeneratorRow(
            name, subject?.Title
                ?? name, batch, ConvolutionCeiling.Name(used), Math.Round(shapes.Sum(s => s.Gflop), 3), Round(runs[0] / batch),
            Round(runs[runs.Length / 2] / batch), runs.Length, Round(floor / batch), peak,
            hasGoal ? Goals.Seconds(Goals.Generators, name, batch, used) : null);
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
