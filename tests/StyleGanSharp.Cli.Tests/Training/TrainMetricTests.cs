using System.Text.Json;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Training;

/// <summary><c>train</c> with <c>--metrics</c> and <c>--detector</c>.</summary>
public sealed class TrainMetricTests : IDisposable
{
    private const string Name = "fid12_full/quadrants";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_measures_its_snapshots_and_keeps_the_best()
    {
        CommandResult result = CommandLine.Succeed([.. Run("--detector", DetectorFile.Path, "--metric-samples", "12")]);
        Assert.Contains($"{Name}, 12 generated pictures against 12 real ones", result.Messages);
        Assert.Contains("network-best.safetensors", Directory.GetFiles(folder["run"]).Select(Path.GetFileName));
        Assert.True(File.Exists(folder["run/real-statistics.safetensors"]));
        string line = File.ReadAllLines(folder["run/metric-fid12_full-quadrants.jsonl"])[^1];
        double value = JsonDocument.Parse(line).RootElement.GetProperty("results").GetProperty(Name).GetDouble();
        Assert.InRange(value, 1e-6, 100);
    }

    [Fact]
    public void Without_a_detector_nothing_is_measured_and_that_is_said()
    {
        CommandResult result = CommandLine.Succeed([.. Run()]);
        Assert.Contains("Metric:   none, because", result.Messages);
        Assert.Empty(Directory.GetFiles(folder["run"], "metric-*"));
    }

    [Fact]
    public void What_cannot_be_measured_is_one_sentence_before_a_folder_is_made()
    {
        File.WriteAllText(folder["page.pt"], "<html>");
        Assert.Contains("--detector", CommandLine.Refuse([.. Run("--metrics", "fid")]));
        Assert.Contains("auto, fid or none", CommandLine.Refuse([.. Run("--metrics", "kid")]));
        Assert.Contains("a web page", CommandLine.Refuse([.. Run("--detector", folder["page.pt"])]));
        Assert.Contains("does not exist", CommandLine.Refuse([.. Run("--detector", folder["nothing.safetensors"])]));
        Assert.Contains("--metric-samples 1", CommandLine.Refuse([.. Run("--detector", DetectorFile.Path, "--metric-samples", "1")]));
        Assert.False(Directory.Exists(folder["run"]));
    }

    private IEnumerable<string> Run(params string[] more) =>
    [
        "train", "--data", Fixtures.Golden.Path("dataset/synthetic-32x32.zip"), "--outdir", folder["run"], "--cfg", "auto", "--batch", "4", "--cbase", "256",
        "--cmax", "8", "--latent", "8", "--map-depth", "1", "--kimg", "0.008", "--aug", "noaug", "--device", "cpu", .. more,
    ];
}
