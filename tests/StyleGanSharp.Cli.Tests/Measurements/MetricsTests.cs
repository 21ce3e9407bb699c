using System.Text.Json;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Measurements;

/// <summary>What <c>metrics</c> prints, and what it refuses.</summary>
public sealed class MetricsTests
{
    private const string AliasFree = "sg3t-32";

    [Fact]
    public void A_table_states_values_and_counts()
    {
        CommandResult result = CommandLine.Succeed(
            "metrics", "--network", CommandLine.Snapshot(AliasFree), "--metrics", "eqt50k_int,eqr50k", "--num", "3", "--batch",
            "2");
        string[] lines = result.Results.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Matches("^metric +value +images +reals +detector +resize filter +seconds$", lines[0]);
        Assert.Matches(@"^eqt50k_int +\d+\.\d\d dB +3 +none +none +none +\d+\.\d$", lines[1]);
        Assert.Matches(@"^eqr50k +\d+\.\d\d dB +3 +none +none +none +\d+\.\d$", lines[2]);
        Assert.Contains("compare only with runs of the same --num: eqt50k_int, eqr50k.", result.Messages);
    }

    [Fact]
    public void Numbers_depend_on_the_seed_and_not_on_their_neighbours()
    {
        double alone = Value(Json("eqt50k_frac", "5"), 0);
        JsonElement both = Json("eqt50k_int,eqt50k_frac", "5");
        Assert.Equal(alone, Value(both, 1));
        Assert.NotEqual(alone, Value(Json("eqt50k_frac", "6"), 0));
        Assert.Equal("5", both.GetProperty("seed").GetRawText());
        JsonElement row = both.GetProperty("results")[1];
        Assert.Equal(
            ["metric", "description", "value", "unit", "images", "protocol_images", "detector", "resize_filter", "seconds", "better"],
            row.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("eqt50k_frac", "dB", 2, 50000), (
            row.GetProperty("metric").GetString(), row.GetProperty("unit").GetString(), row.GetProperty("images").GetInt32(),
            row.GetProperty("protocol_images").GetInt32()));
    }

    [Fact]
    public void Conditional_networks_get_random_classes()
    {
        CommandResult result = CommandLine.Succeed(
            "metrics", "--network", CommandLine.Snapshot("sg3t-64-c4-L6"), "--metrics", "eqt50k_int", "--num", "2");
        Assert.Contains("all 4 being equally likely", result.Messages);
    }

    [Fact]
    public void Networks_on_a_fixed_grid_are_refused()
    {
        string sentence = CommandLine.Refuse("metrics", "--network", CommandLine.Snapshot("sg2-skip-32"), "--metrics", "eqr50k");
        Assert.Contains("eqr50k", sentence);
        Assert.Contains("only StyleGAN3", sentence);
    }

    [Theory]
    [InlineData("--metrics", "fid50k_full", "name their data set with --data")]
    [InlineData("--metrics", "fid", "there are fid50k_full, fid50k, kid50k_full")]
    [InlineData("--data", "nothing.zip", "nothing.zip")]
    [InlineData("--detector", "nothing.pt", "nothing.pt")]
    [InlineData("--resize", "sharp", "sharp")]
    [InlineData("--trunc", "much", "much")]
    [InlineData("--metrics", "eqr50k,", "'' is not a metric")]
    [InlineData("--metrics", "eqr50k,eqt50k_int,eqr50k", "twice")]
    [InlineData("--num", "0", "1 to 10000000")]
    [InlineData("--num", "all", "whole number")]
    [InlineData("--batch", "1025", "1 to 1024")]
    [InlineData("--seed", "-1", "whole number")]
    [InlineData("--device", "tpu", "tpu")]
    [InlineData("--threads", "0", "--threads 0")]
    [InlineData("--network", "nothing.pkl", "nothing.pkl")]
    public void Wrong_options_are_named(string option, string value, string words)
    {
        Dictionary<string, string> options =
            new() { ["--network"] = CommandLine.Snapshot(AliasFree), ["--metrics"] = "eqr50k", ["--num"] = "1" };
        options[option] = value;
        Assert.Contains(words, CommandLine.Refuse(["metrics", .. options.SelectMany(o => new[] { o.Key, o.Value })]));
    }

    [Fact]
    public void Every_metric_runs_with_what_lies_beside_the_program()
    {
        CommandResult result = CommandLine.Succeed(
            "metrics", "--network", "people", "--data", Fixtures.Portraits, "--num", "20", "--metrics",
            "fid50k_full,kid50k,pr50k3,is50k,swd16k,msssim20k,spectrum10k,identity10k,ppl2_wend,ppl2_zfull,ls", "--json");
        using JsonDocument document = JsonDocument.Parse(result.Results);
        Assert.Equal(
            [
                "frechet50k_full/squeezenet", "kernel50k/squeezenet", "pr50k3_precision/squeezenet", "pr50k3_recall/squeezenet",
                "is50k/expressions", "swd16k", "msssim20k", "spectrum10k", "identity10k", "ppl2_wend/lpips-squeeze",
                "ppl2_zfull/lpips-squeeze", "ls_z/people", "ls_w/people",
            ],
            document.RootElement.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("metric").GetString()!));
        Assert.All(document.RootElement.GetProperty("results").EnumerateArray(),
            r => Assert.True(double.IsFinite(r.GetProperty("value").GetDouble())));
        Assert.Contains("compare only with numbers of the same name", result.Messages);
    }

    [Fact]
    public void Metrics_have_to_be_named() =>
        Assert.Contains("--metrics", CommandLine.Refuse("metrics", "--network", CommandLine.Snapshot(AliasFree)));

    private static JsonElement Json(string metrics, string seed)
    {
        CommandResult result = CommandLine.Succeed(
            "metrics", "--network", CommandLine.Snapshot(AliasFree), "--metrics", metrics, "--num", "2", "--seed", seed,
            "--json");
        using JsonDocument document = JsonDocument.Parse(result.Results);
        return document.RootElement.Clone();
    }

    private static double Value(JsonElement report, int row) =>
        report.GetProperty("results")[row].GetProperty("value").GetDouble();
}
