using StyleGanSharp.Cli.Downloads;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>Measures the ceiling and then the generators, all in one run, because machines differ from hour to hour.</summary>
internal static class BenchJob
{
    internal static BenchReport Run(BenchOptions options, Device device, CommandOutput output, CancellationToken cancel)
    {
        using GradMode mode = GradMode.Off();
        GeneratorFile? snapshot = options is { Subject: null, Network: string path } ? GeneratorFile.Open(NetworkLocator.Find(path, output, cancel)) : null;
        output.Say("Measuring the convolution ceiling ...");
        CeilingRow[] ceiling = ConvolutionCeiling.Measure(device, cancel);

        var rows = new List<GeneratorRow>();
        foreach ((string name, Func<IGenerator> create) in Subjects(options, snapshot))
        {
            using IGenerator generator = create();
            generator.To(device);
            foreach (int batch in options.Batches)
            {
                output.Say($"Measuring {name}, batch {batch} ...");
                rows.Add(Measure(name, generator, batch, options.Seconds, device, cancel));
            }
        }

        return new BenchReport(device, ceiling, rows);
    }

    private static IEnumerable<(string Name, Func<IGenerator> Create)> Subjects(BenchOptions options, GeneratorFile? snapshot)
    {
        if (snapshot is not null)
        {
            return [(Path.GetFileName(snapshot.Path), snapshot.Load)];
        }

        if (options.Subject is BenchSubject one)
        {
            return [(one.Title, () => CreateRandom(one.Create))];
        }

        if (options.Resolution is not int resolution)
        {
            return BenchSubject.All.Select(subject => (subject.Title, (Func<IGenerator>)(() => CreateRandom(subject.Create))));
        }

        var architecture = new GeneratorOptions
        {
            Resolution = resolution,
            ChannelBase = options.ChannelBase ?? BenchSubject.ChannelBase(resolution),
            ChannelMax = options.ChannelMax,
        };
        return [(BenchSubject.StyleGan2Title(architecture), () => CreateRandom(init => new Generator(architecture, init)))];
    }

    private static IGenerator CreateRandom(Func<Initializer, IGenerator> create)
    {
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(0);
        return create(Initializer.Random(draws));
    }

    private static GeneratorRow Measure(string name, IGenerator generator, int batch, double budget, Device device, CancellationToken cancel)
    {
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(1);
        Tensor z = Tensor.RandN([batch, generator.ZDim], draws).To(device);
        Tensor? c = generator.CDim > 0 ? Tensor.Zeros([batch, generator.CDim], device: device) : null;
        double[] runs = Timing.Measure(device, budget, () => generator.Synthesize(generator.Map(z, c), NoiseInput.Const), cancel);
        return new GeneratorRow(
            name, batch, Arithmetic.GflopPerImage(generator), runs[0] / batch, runs[runs.Length / 2] / batch, runs.Length);
    }
}
