using System.Text.Json;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Torch.Optimizers;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Steps;

/// <summary>Whole iterations: gradient norms, reports, weights, averages and the optimizers' memory.</summary>
public sealed class TrainerGoldenTests
{
    private const double NormTolerance = 1e-4;
    private const double WeightTolerance = 2e-4;

    // Adam with beta1 = 0 moves an element by the learning rate whatever its gradient: a sign may differ where it is nearly zero.
    private const double OutlierShare = 0.001;

    public static TheoryData<string> Archives =>
        [.. GoldenFolder.Names("train", ".json").Select(name => $"train/{name}")];

    [GoldenTheory, MemberData(nameof(Archives)), NoLeaks]
    public void Iterations_are_those_of_the_golden_file(string archive)
    {
        JsonElement json = GoldenFolder.Json($"{archive}.json");
        string file = $"{archive}.npz";
        using var scope = new TensorScope();
        using TrainedNetworks networks = GoldenNetworks.Create(json, prefix => new GoldenTensors(file, $"init/{prefix}"));
        using var stats = new RecordedStats();
        using var trainer = new Trainer(networks, Options(json), stats);
        trainer.Images = (long)(Number(json, "resume_kimg", 0) * 1000);
        Assert.Equal(
            json.GetProperty("phases").EnumerateArray().Select(
                p => (p.GetProperty("name").GetString(), p.GetProperty("interval").Int())),
            trainer.Phases.Select(p => ((string?)p.Phase.ShortName(), p.Interval)));

        int count = json.GetProperty("iterations").Int(), batch = json.GetProperty("batch_size").Int();
        int microBatch = (int)Number(json, "batch_gpu", batch);
        for (int i = 0; i < count; i++)
        {
            using var step = new TensorScope();
            string prefix = $"it{i}/";
            var expected = new GoldenTensors(file, prefix);
            Tensor real = (expected["real_u8"].To(DType.Float32) / 127.5) - 1;
            Tensor? labels = networks.Trained.CDim > 0 ? expected["real_c"] : null;
            var norms = new List<(Phase Phase, double Norm)>();
            trainer.GradientsReady = (phase, gradients) =>
            {
                norms.Add((phase, Norm(gradients.OfType<Tensor>())));
                CompareReports(new GoldenTensors(file, $"{prefix}{phase.ShortName()}/"), stats,
                    $"{archive} {prefix}{phase.ShortName()}/");
                stats.Dispose();
            };
            JsonElement planned = json.GetProperty("per_iteration")[i];
            Assert.Equal(planned.GetProperty("cur_nimg_before").Long(), trainer.Images);
            Assert.Equal(planned.GetProperty("ema_beta").GetDouble(), RunningAverage.Beta(
                Options(json), (int)real.Size(0), trainer.Images), 1e-12);

            Assert.Equal(0, trainer.Iterate(
                real, labels, new Draws(file, prefix, trainer, networks.Trained.CDim > 0), microBatch));

            Assert.Equal(planned.GetProperty("executed").EnumerateArray().Select(p => p.GetString()), norms.Select(
                n => n.Phase.ShortName()));
            foreach ((Phase phase, double norm) in norms)
            {
                double wanted = expected[$"{phase.ShortName()}/grad_norm"].Item();
                Assert.True(Math.Abs(norm - wanted) <= NormTolerance * wanted,
                    $"{prefix}{phase.ShortName()}: gradient norm {norm:R} instead of {wanted:R}");
            }

            CompareWeights(json, expected, networks, trainer, prefix);
        }

        CompareOptimizers(new GoldenTensors(file, "final_opt/"), trainer);
    }

    private static TrainerOptions Options(JsonElement json)
    {
        AdamOptions Adam(string key)
        {
            JsonElement own = json.GetProperty(key);
            double[] betas = own.TryGetProperty("betas", out JsonElement given)
                ? [.. given.EnumerateArray().Select(b => b.GetDouble())] : [0.9, 0.999];
            return new AdamOptions
            {
                LearningRate = own.GetProperty("lr").GetDouble(),
                Beta1 = betas[0],
                Beta2 = betas[1],
                Epsilon = Number(own, "eps", 1e-8),
            };
        }

        int? Interval(string key) =>
            json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.Int() : null;
        return new TrainerOptions
        {
            Loss = GoldenNetworks.Loss(json, json),
            GeneratorAdam = Adam("G_opt_kwargs"),
            DiscriminatorAdam = Adam("D_opt_kwargs"),
            GeneratorInterval = Interval("G_reg_interval"),
            DiscriminatorInterval = Interval("D_reg_interval"),
            AverageHalfLife = Number(json, "ema_kimg", 10) * 1000,
            AverageRampUp = Optional(json, "ema_rampup"),
        };
    }

    private static double Number(JsonElement json, string key, double fallback) => Optional(json, key) ?? fallback;

    private static double? Optional(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static double Norm(IEnumerable<Tensor> tensors) => Math.Sqrt(tensors.Sum(t => t.ToArray<double>().Sum(v => v * v)));

    private static void CompareReports(GoldenTensors expected, RecordedStats stats, string what)
    {
        string[] keys = [.. expected.Keys.Where(k => k.StartsWith("report", StringComparison.Ordinal))];
        Assert.NotEmpty(keys);
        foreach (string key in keys)
        {
            string[] parts = key.Split('/', 2);
            int number = int.Parse(parts[0]["report".Length..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(stats[parts[1]].Count > number, $"{what}{key}: there is no such report");
            Close.To(expected[key].Reshape(-1), stats[parts[1]][number].Reshape(-1), NormTolerance, what + key);
        }
    }

    private static void CompareWeights(
        JsonElement json, GoldenTensors expected, TrainedNetworks networks, Trainer trainer, string what)
    {
        using GradMode mode = GradMode.Off();
        foreach ((string name, Module module) in new[] { ("G", networks.GeneratorModule), ("D", networks.DiscriminatorModule), (
            "G_ema", networks.AverageModule) })
        {
            var tensors = module.NamedTensors().ToDictionary(t => t.Name, t => t.Value);
            if (expected.Has($"norm/{name}"))
            {
                string[] order =
                    [.. json.GetProperty("tensor_order").GetProperty(name).EnumerateArray().Select(n => n.GetString()!)];
                Tensor norms = Tensor.From(order.Select(n => (float)Norm([tensors[n]])).ToArray(), [order.Length]);
                Close.To(expected[$"norm/{name}"].To(DType.Float32), norms, WeightTolerance, $"{what}norm/{name}");
            }

            foreach (string key in expected.Keys.Where(k => k.StartsWith($"{name}/", StringComparison.Ordinal)))
            {
                CompareElements(expected[key], tensors[key[(name.Length + 1)..]], trainer, what + key);
            }
        }

        if (expected.Has("pl_mean"))
        {
            Close.To(expected["pl_mean"], trainer.Loss.PathLengthMean, WeightTolerance, what + "pl_mean");
        }
    }

    private static void CompareElements(Tensor wanted, Tensor actual, Trainer trainer, string what)
    {
        Assert.True(wanted.Shape.SequenceEqual(actual.Shape), what);
        double[] e = wanted.ToArray<double>(), a = actual.ToArray<double>();
        double limit = WeightTolerance * Math.Max(e.Max(Math.Abs), 1e-12);
        double outlier = 2 * trainer.GeneratorOptimizer.Options.LearningRate * (2 * trainer.Iterations);
        int off = 0;
        for (int i = 0; i < e.Length; i++)
        {
            double difference = Math.Abs(a[i] - e[i]);
            Assert.True(difference <= Math.Max(limit, outlier), $"{what}: {a[i]:R} instead of {e[i]:R} at element {i}");
            off += difference > limit ? 1 : 0;
        }

        Assert.True(off <= OutlierShare * e.Length, $"{what}: {off} of {e.Length} elements are off by more than {limit:E1}");
    }

    private static void CompareOptimizers(GoldenTensors expected, Trainer trainer)
    {
        foreach ((string letter, Adam optimizer) in new[] { ("G", trainer.GeneratorOptimizer), (
            "D", trainer.DiscriminatorOptimizer) })
        {
            var state = optimizer.State().ToDictionary(t => t.Name, t => t.Value);
            string[] keys = [
                .. expected.Keys.Where(
                    k => k.StartsWith($"{letter}/", StringComparison.Ordinal)
                        && k.EndsWith("/exp_avg_sq", StringComparison.Ordinal))];
            Assert.Equal(keys.Length, state.Keys.Count(k => k.StartsWith("square.", StringComparison.Ordinal)));
            foreach (string key in keys)
            {
                Tensor wanted = expected[key], actual = state[$"square.{key[2..^"/exp_avg_sq".Length]}"];
                double scale = Math.Max(wanted.Abs().Max().Item(), 1e-20);
                Close.To(wanted / scale, actual / scale, 10 * NormTolerance, key);
            }
        }
    }

    private sealed class Draws(string file, string prefix, Trainer trainer, bool conditional) : IIterationDraws
    {
        public (Tensor Latents, Tensor? Labels) Inputs(int phase)
        {
            var values = new GoldenTensors(file, prefix);
            Tensor z = values["gen_z"];
            long batch = z.Size(0) / trainer.Phases.Count;
            Tensor Part(Tensor all) => all.Slice(0, phase * batch, (phase + 1) * batch);
            return (Part(z), conditional ? Part(values["gen_c"]) : null);
        }

        public ILossDraws Loss(int phase, int round) =>
            new GoldenDraws(file, $"{prefix}{trainer.Phases[phase].Phase.ShortName()}/round{round}/draws/");
    }
}
