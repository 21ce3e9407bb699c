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
        Assert.Contains($"{Name}, 12 generated images against 12 real ones", result.Messages);
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

    [Theory]
    [InlineData("fid50k_full", "fid50k_full: measured is the Frechet distance of 12 generated images")]
    [InlineData("FID12_full", null)]
    [InlineData("kid50k_full,pr50k3_full", "the only metric of a training run")]
    public void The_names_of_the_field_measure_the_distance(string metrics, string? notice)
    {
        CommandResult result = CommandLine.Succeed(
            [.. Run("--detector", DetectorFile.Path, "--metric-samples", "12", $"--metrics={metrics}")]);
        Assert.True(File.Exists(folder["run/metric-fid12_full-quadrants.jsonl"]));
        Assert.Equal(notice is null
            ? 0 : 1, result.Messages.Split('\n').Count(
                l => l.StartsWith("--metrics", StringComparison.Ordinal)
                    && (notice is null || l.Contains(notice, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("fid50k_full")]
    [InlineData("eqt50k_int,eqr50k,ppl2_wend,is50k,fid50k")]
    public void Without_a_detector_the_names_of_the_field_do_not_stop_the_run(string metrics)
    {
        CommandResult result = CommandLine.Succeed([.. Run($"--metrics={metrics}", "--dry-run")]);
        Assert.Contains($"--metrics {metrics}: nothing is measured", result.Messages);
        Assert.Contains("--detector", result.Messages);
        Assert.Contains("'fid' is not one of them", CommandLine.Refuse([.. Run("--metrics", "fid50k_full,fid")]));
        Assert.Contains("'none' is not one of them", CommandLine.Refuse([.. Run("--metrics", "none,fid50k_full")]));
    }

    [Fact]
    public void What_cannot_be_measured_is_one_sentence_before_a_folder_is_made()
    {
        File.WriteAllText(folder["page.pt"], "<html>");
        Assert.Contains("--detector", CommandLine.Refuse([.. Run("--metrics", "fid")]));
        Assert.Contains("--metrics kid: expected auto, fid, none", CommandLine.Refuse([.. Run("--metrics", "kid")]));
        Assert.Contains("a web page", CommandLine.Refuse([.. Run("--detector", folder["page.pt"])]));
        Assert.Contains("does not exist", CommandLine.Refuse([.. Run("--detector", folder["nothing.safetensors"])]));
        Assert.Contains("--metric-samples 1", CommandLine.Refuse(
            [.. Run("--detector", DetectorFile.Path, "--metric-samples", "1")]));
        Assert.False(Directory.Exists(folder["run"]));
    }

    private IEnumerable<string> Run(params string[] more) =>
    [
        "train", "--data", Fixtures.Golden.Path("dataset/synthetic-32x32.zip"), "--outdir", folder["run"], "--cfg", "auto",
        "--batch", "4", "--cbase", "256",
        "--cmax", "8", "--latent", "8", "--map-depth", "1", "--kimg", "0.008", "--aug", "noaug", "--device", "cpu", .. more,
    ];
}
