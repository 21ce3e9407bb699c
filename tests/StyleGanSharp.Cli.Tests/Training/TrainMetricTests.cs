using System.Text.Json;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Training;

/// <summary><c>train</c> with <c>--metrics</c> and <c>--detector</c>.</summary>
public sealed class TrainMetricTests : IDisposable
{
    private const string Name = "fid12";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_measures_its_snapshots_and_keeps_the_best()
    {
        CommandResult result = CommandLine.Succeed([.. Run("--detector", DetectorFile.Path, "--metric-samples", "12")]);
        Assert.Contains($"Metrics:  {Name}, by features of quadrants", result.Messages);
        Assert.Contains("network-best.safetensors", Directory.GetFiles(folder["run"]).Select(Path.GetFileName));
        string line = File.ReadAllLines(folder["run/metric-fid12.jsonl"])[^1];
        double value = JsonDocument.Parse(line).RootElement.GetProperty("results").GetProperty(Name).GetDouble();
        Assert.InRange(value, 1e-6, 100);
    }

    [Fact]
    public void Without_being_asked_nothing_is_measured_and_that_is_said()
    {
        CommandResult result = CommandLine.Succeed([.. Run()]);
        Assert.Contains("Metrics:  none; --metrics fid measures", result.Messages);
        Assert.Empty(Directory.GetFiles(folder["run"], "metric-*"));
    }

    [Fact]
    public void Asked_for_a_distance_it_takes_the_network_beside_the_program_and_does_not_call_it_fid()
    {
        CommandResult result = CommandLine.Succeed([.. Run("--metrics", "fid", "--metric-samples", "6")]);
        Assert.Contains("features of squeezenet", result.Messages);
        Assert.Contains("\"frechet6/squeezenet\":", File.ReadAllText(folder["run/metric-frechet6-squeezenet.jsonl"]));
    }

    [Fact]
    public void Any_metrics_are_measured_and_one_that_fails_does_not_end_the_run()
    {
        CommandResult result = CommandLine.Succeed(
            [.. Run("--detector", DetectorFile.Path, "--metrics", "FID12_full,pr123,eqr50k,is50k", "--metric-samples", "12")]);
        Assert.Contains("eqr50k could not be measured", result.Messages);
        Assert.Contains("\"fid12_full\":", File.ReadAllText(folder["run/metric-fid12_full.jsonl"]));
        string manifold = File.ReadAllText(folder["run/metric-pr123.jsonl"]);
        Assert.Contains("\"pr123_precision\":", manifold);
        Assert.Contains("\"pr123_recall\":", manifold);
        Assert.True(File.Exists(folder["run/metric-is50k.jsonl"]));
    }

    [Theory]
    [InlineData("fid50k_full,fid", "'fid' is not one of them")]
    [InlineData("none,fid50k_full", "'none' is not one of them")]
    public void Names_that_are_no_metrics_are_refused(string metrics, string words) =>
        Assert.Contains(words, CommandLine.Refuse([.. Run("--metrics", metrics)]));

    [Fact]
    public void What_cannot_be_measured_is_one_sentence_before_a_folder_is_made()
    {
        File.WriteAllText(folder["page.pt"], "<html>");
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
