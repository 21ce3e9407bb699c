using System.Text.Json;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Projection.Tests;

[Trait("Kind", "Golden"), WithTensorScope]
public sealed class ProjectionGoldenTests
{
    // Those of the golden files' README. Rounding errors grow from step to step.
    private const double ScheduleTolerance = 1e-12, NoiseTolerance = 1e-6, FirstTolerance = 1e-4, LastTolerance = 1e-3;

    private const string Schedules = "projector/schedules", NoiseArchive = "projector/noise_reg.npz",
        Projection = "projector/project";

    public static TheoryData<string> ScheduleNames =>
        [.. GoldenFolder.List($"{Schedules}.json", "cases").Select(c => c.GetProperty("name").GetString()!)];

    public static TheoryData<int> NoiseNames =>
        [.. GoldenFolder.Keys(NoiseArchive).Where(k => k.StartsWith("noise",
            StringComparison.Ordinal)).Select(k => int.Parse(k[5..]))];

    public static TheoryData<string> Projections => GoldenFolder.Has($"{Projection}.npz") ? [Projection] : [];

    [GoldenTheory, MemberData(nameof(ScheduleNames))]
    public void Schedules_match(string name)
    {
        JsonElement parameters = GoldenFolder.List($"{Schedules}.json",
            "cases").Single(c => c.GetProperty("name").GetString() == name);
        var golden = new GoldenTensors($"{Schedules}.npz", $"{name}/");
        double Parameter(string key) => parameters.GetProperty(key).GetDouble();
        var options = new ProjectionOptions
        {
            Steps = parameters.GetProperty("num_steps").GetInt32(),
            LearningRate = Parameter("initial_learning_rate"),
            LatentNoise = Parameter("initial_noise_factor"),
            RampDown = Parameter("lr_rampdown_length"),
            RampUp = Parameter("lr_rampup_length"),
            LatentNoiseRamp = Parameter("noise_ramp_length"),
        };

        double[] Values(Func<ProjectionOptions, double, double> schedule) =>
            [.. Enumerable.Range(0, options.Steps).Select(i => schedule(options, (double)i / options.Steps))];
        double[] rates = Values(ProjectionSchedule.LearningRate), noises = Values(ProjectionSchedule.LatentNoise);
        Close.To(golden["lr"], Tensor.From(rates, [rates.Length]), ScheduleTolerance, "learning rate");
        Close.To(golden["noise_scale"], Tensor.From(noises, [noises.Length]), ScheduleTolerance, "noise");
    }

    [GoldenTheory, MemberData(nameof(NoiseNames))]
    public void Regularization_of_noise_matches(int number)
    {
        var golden = new GoldenTensors(NoiseArchive);
        Tensor noise = golden[$"noise{number}"].Unsqueeze(0).Unsqueeze(0).Clone();
        noise.RequiresGrad = true;
        Tensor value = NoiseRegularization.Of(noise);
        Relative(golden[$"reg{number}"].Reshape(1), value, "value");
        Relative(golden[$"grad{number}"], Gradient.Of(value.Sum(), noise).Select(0, 0).Select(0, 0), "gradient");

        Tensor changed = noise.Detach().Clone();
        NoiseRegularization.Normalize(changed);
        Relative(golden[$"normalized{number}"], changed.Select(0, 0).Select(0, 0), "normalized");
    }

    [GoldenTheory, MemberData(nameof(Projections))]
    public void A_projection_matches_step_by_step(string archive)
    {
        JsonElement parameters = GoldenFolder.Json($"{archive}.json");
        var golden = new GoldenTensors($"{archive}.npz");
        SnapshotFile file = SnapshotFile.Read(GoldenFolder.Path(parameters.GetProperty("snapshot").GetString()!));
        using IGenerator generator = NetworkLoader.LoadGenerator(file, "G_ema");
        int steps = parameters.GetProperty("num_steps").GetInt32();
        var options = new ProjectionOptions
        {
            Steps = steps,
            PixelWeight = 0,
            StatisticsSamples = parameters.GetProperty("w_avg_samples").GetInt32(),
        };
        string[] layers = [.. parameters.GetProperty("noise_buffer_order").EnumerateArray().Select(l => l.GetString()!)];
        Assert.Equal(layers, generator.NoiseLayers.Select(l => l.Name));

        using var space = new PooledSpace();
        Tensor target = golden["target"].To(DType.Float32).Unsqueeze(0) / 127.5 - 1;
        using ProjectionRun run = new Projector(generator, space).Begin(target, options, null, null, new GoldenDraws(golden));
        for (int i = 0; i < steps; i++)
        {
            run.Advance();
            double tolerance = i < 5 ? FirstTolerance : LastTolerance;
            Tensor ws = run.Latents.Detach().Repeat(1, generator.NumWs, 1);
            Close.To(golden["w_out"].Slice(0, i, i + 1), ws, tolerance, $"w after step {i}");
        }

        using ProjectionResult result = run.Result();
        foreach (string layer in layers)
        {
            Close.To(golden[$"final_noise/{layer}"], result.Noise[layer].Select(0, 0).Select(0, 0), LastTolerance, layer);
        }
    }

    [GoldenTheory, MemberData(nameof(Projections))]
    public void Statistics_of_latents_match(string archive)
    {
        JsonElement parameters = GoldenFolder.Json($"{archive}.json");
        var golden = new GoldenTensors($"{archive}.npz");
        SnapshotFile file = SnapshotFile.Read(GoldenFolder.Path(parameters.GetProperty("snapshot").GetString()!));
        using IGenerator generator = NetworkLoader.LoadGenerator(file, "G_ema");
        foreach ((int samples, string suffix) in new[] { (parameters.GetProperty("w_avg_samples").GetInt32(), ""), (10_000,
            "10000") })
        {
            using var statistics = LatentStatistics.Of(generator, null, samples);
            Close.To(golden[$"w_avg{suffix}"].Reshape(-1), statistics.Mean, FirstTolerance, $"mean of {samples}");
            Assert.Equal(golden[$"w_std{suffix}"].ToArray<double>()[0], statistics.Spread, FirstTolerance);
            Assert.Equal(1, statistics.Varies.Min().Item());
        }
    }

    private static void Relative(Tensor expected, Tensor actual, string what)
    {
        double largest = expected.Abs().Max().Item();
        Close.To(expected / largest, actual / largest, NoiseTolerance, what);
    }
}
