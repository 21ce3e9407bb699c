using System.Text.Json;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Losses;

/// <summary>Every phase of the loss: reports, gradients, running means.</summary>
public sealed class LossGoldenTests
{
    private const double ValueTolerance = 1e-5;
    private const double GradientTolerance = 1e-4;

    // Second derivatives: the suggestion of the golden files' README.
    private const double SecondOrderTolerance = 5e-4;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string name in GoldenFolder.Names("loss", ".json").Select(n => $"loss/{n}"))
            {
                foreach (JsonElement one in GoldenFolder.List($"{name}.json", "cases"))
                {
                    cases.Add(name, one.GetProperty("case").GetString()!);
                }
            }

            return cases;
        }
    }

    [GoldenTheory, MemberData(nameof(Cases)), NoLeaks]
    public void Phase_is_that_of_the_golden_file(string archive, string name)
    {
        JsonElement json = GoldenFolder.Json($"{archive}.json");
        JsonElement one = json.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("case").GetString() == name);
        string file = $"{archive}.npz";
        using var scope = new TensorScope();
        using TrainedNetworks networks = GoldenNetworks.Create(json, prefix => new GoldenTensors(file, prefix));
        using var stats = new RecordedStats();
        using var loss = new GanLoss(
            networks.Trained, networks.Discriminator, GoldenNetworks.Loss(json, one), stats, GoldenAugment.Of(one));
        loss.PathLengthMean.FillInPlace(Number(one, "initial_pl_mean", 0));

        var inputs = new GoldenTensors(file);
        bool conditional = networks.Trained.CDim > 0;
        var batch = new LossBatch(
            inputs["real_img"], conditional ? inputs["real_c"] : null, inputs["gen_z"], conditional ? inputs["gen_c"] : null);
        string[] phases = [.. one.GetProperty("phases").EnumerateArray().Select(p => p.GetString()!)];
        for (int step = 0; step < phases.Length; step++)
        {
            stats.Dispose();
            string prefix = phases.Length == 1 ? $"{name}/" : $"{name}/step{step}/";
            Phase phase = Phases.Parse(phases[step]);
            Tensor?[] gradients = loss.Gradients(
                phase, batch, Number(one, "gain", 1), (long)Number(one, "cur_nimg", 0), new GoldenDraws(file, $"{prefix}draws/"));

            var expected = new GoldenTensors(file, prefix);
            CompareReports(expected, stats, prefix);
            CompareGradients(expected, networks, phase, gradients, prefix);
            CompareState(expected, networks, loss, prefix);
        }
    }

    private static double Number(JsonElement one, string key, double fallback) =>
        one.TryGetProperty(key, out JsonElement value) ? value.GetDouble() : fallback;

    private static void CompareReports(GoldenTensors expected, RecordedStats stats, string what)
    {
        string[] keys = [.. expected.Keys.Where(k => k.StartsWith("report", StringComparison.Ordinal))];
        foreach (string key in keys)
        {
            string[] parts = key.Split('/', 2);
            int number = int.Parse(parts[0]["report".Length..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(stats[parts[1]].Count > number, $"{what}{key}: there is no such report");
            Tensor actual = stats[parts[1]][number];
            Tensor wanted = expected[key];
            Close.To(wanted.Reshape(-1), actual.Reshape(-1), ReportTolerance(wanted), what + key);
        }

        Assert.Equal(keys.Length, stats.Names.Sum(n => stats[n].Count));
    }

    // Close takes at least 1 as the scale, the README's tolerance is relative: small values get their own scale.
    private static double ReportTolerance(Tensor wanted) => GradientTolerance * Math.Clamp(wanted.Abs().Max().Item(), 0.1, 1);

    private static void CompareGradients(
        GoldenTensors expected, TrainedNetworks networks, Phase phase, Tensor?[] gradients, string what)
    {
        (Module module, string letter) = phase.IsGenerator()
            ? (networks.GeneratorModule, "G") : (networks.DiscriminatorModule, "D");
        NamedTensor[] parameters = [.. module.NamedParameters()];
        Assert.Equal(expected.Keys.Count(k => k.StartsWith("grad/", StringComparison.Ordinal)), gradients.Count(
            g => g is not null));
        double tolerance = phase.HasRegularization() ? SecondOrderTolerance : GradientTolerance;
        for (int i = 0; i < parameters.Length; i++)
        {
            string key = $"grad/{letter}.{parameters[i].Name}";
            Assert.True(expected.Has(key) == gradients[i] is not null,
                $"{what}{key}: {(gradients[i] is null ? "no gradient" : "a gradient that should not be")}");
            if (gradients[i] is Tensor gradient)
            {
                using GradMode mode = GradMode.Off();
                Tensor wanted = expected[key];
                double scale = Math.Max(wanted.Abs().Max().Item(), 1e-12);
                Close.To(wanted / scale, gradient / scale, tolerance, what + key);
            }
        }
    }

    private static void CompareState(GoldenTensors expected, TrainedNetworks networks, GanLoss loss, string what)
    {
        if (expected.Has("pl_mean"))
        {
            Close.To(expected["pl_mean"], loss.PathLengthMean, ValueTolerance, what + "pl_mean");
        }

        if (expected.Has("w_avg"))
        {
            Close.To(expected["w_avg"], networks.Generator.WAvg!, ValueTolerance, what + "w_avg");
        }

        if (expected.Has("magnitude_ema"))
        {
            Tensor actual = Tensor.Stack([.. networks.GeneratorModule.NamedBuffers()
                .Where(b => b.Name.EndsWith("magnitude_ema", StringComparison.Ordinal)).Select(b => b.Value)]);
            Close.To(expected["magnitude_ema"], actual, ValueTolerance, what + "magnitude_ema");
        }
    }
}
