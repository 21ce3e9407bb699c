using System.Text.Json;
using StyleGanSharp.Metrics.Equivariance;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Tests.Equivariance;

/// <summary>The three metrics on a golden snapshot with the draws of the golden file.</summary>
public sealed class MetricGoldenTests
{
    // That of the golden files' README, in dB.
    private const double Tolerance = 0.02;

    // Place in the file's results, and the file's name for the draws.
    private static readonly Dictionary<string, (int Place, string Draws)> Results = new()
    {
        ["eqt50k_int"] = (0, "t_int_u"),
        ["eqt50k_frac"] = (1, "t_frac_u"),
        ["eqr50k"] = (2, "angle_u"),
    };

    private const string Archive = "metrics/equivariance.npz";

    public static TheoryData<string> Names =>
        GoldenFolder.Keys(Archive).Contains("metrics/psnr")
            ? [.. MetricCatalog.All.OfType<EquivarianceMetric>().Select(m => m.Name)] : [];

    [GoldenTheory, MemberData(nameof(Names))]
    public void Results_match(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        JsonElement parameters = GoldenFolder.Json("metrics/equivariance.json");
        var golden = new GoldenTensors(Archive, "metrics/");
        SnapshotFile file = SnapshotFile.Read(GoldenFolder.Path(parameters.GetProperty("snapshot").GetString()!));
        using IGenerator generator = NetworkLoader.LoadGenerator(file, "G_ema");
        var metric = (EquivarianceMetric)MetricCatalog.Find(name)!;
        (int place, string draws) = Results[name];

        var total = default(MaskedError);
        for (int i = 0; golden.Has($"batch{i}/z"); i++)
        {
            total += metric.Compare(generator, golden[$"batch{i}/z"], null, golden[$"batch{i}/{draws}"].ToArray<double>());
        }

        Assert.Equal(golden["psnr"].ToArray<double>()[place], metric.Ratio(total, generator), Tolerance);
    }
}
