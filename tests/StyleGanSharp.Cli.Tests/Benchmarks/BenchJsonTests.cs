using System.Diagnostics;
using System.Text.Json;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Benchmarks;

/// <summary>The JSON forms, whose keys docs/json.md lists, of measurements that are as short as they can be.</summary>
[Collection(nameof(RunAlone))]
public sealed class BenchJsonTests
{
    private static readonly string[] Machine =
    [
        "program", "processor", "cores", "instruction_sets", "runtime", "libtorch", "device", "threads", "omp_wait_policy",
        "load", "date",
    ];

    [Fact]
    public void Generators()
    {
        JsonElement report = Run(
            "bench", "--resolution", "16", "--cbase", "256", "--cmax", "16", "--batch", "2", "--seconds", "0.01", "--precision",
            "float32", "--json");
        Assert.Equal(["machine", "convolutions", "generators", "ceiling_gflops", "ceiling_bf16_gflops"], Keys(report));
        Assert.Equal(Machine, Keys(report.GetProperty("machine")));
        Assert.Equal(["channels", "resolution", "channels_last", "precision", "gflops"], Keys(
            report.GetProperty("convolutions")[0]));
        JsonElement row = Assert.Single(report.GetProperty("generators").EnumerateArray());
        Assert.Equal(
            [
                "name", "title", "batch", "precision", "gflop_per_image", "seconds_per_image", "median_seconds_per_image", "runs",
                "floor_seconds_per_image", "peak_bytes", "goal_seconds_per_image", "fraction_of_ceiling", "images_per_second",
                "fraction_of_floor", "reached",
            ],
            Keys(row));
        Assert.Equal(("stylegan2-16", 2, "fp32"), (
            row.GetProperty("name").GetString(), row.GetProperty("batch").GetInt32(), row.GetProperty("precision").GetString()));
        Assert.True(row.GetProperty("seconds_per_image").GetDouble() > 0
            && row.GetProperty("floor_seconds_per_image").GetDouble() > 0);
        Assert.InRange(row.GetProperty("peak_bytes").GetInt64(), 50 << 20, 2L << 30);
        Assert.Equal(JsonValueKind.Null, row.GetProperty("reached").ValueKind);
        Assert.Equal(
            report.GetProperty("ceiling_gflops").GetDouble(),
            report.GetProperty("convolutions").EnumerateArray().Where(c => c.GetProperty("precision").GetString() == "fp32").Max(
                c => c.GetProperty("gflops").GetDouble()));
    }

    [Fact]
    public void Loader()
    {
        JsonElement report = Run("bench", "loader", "--seconds", "0.01", "--json");
        Assert.Equal(["machine", "loader"], Keys(report));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("machine").GetProperty("libtorch").ValueKind); // it needs none
        JsonElement[] rows = [.. report.GetProperty("loader").EnumerateArray()];
        Assert.Equal([32, 64, 128, 256], rows.Select(r => r.GetProperty("resolution").GetInt32()));
        Assert.All(rows, row => Assert.Equal(
            ["resolution", "pictures", "workers", "pictures_per_second", "median_pictures_per_second", "passes"], Keys(row)));
        Assert.All(rows, row => Assert.True(row.GetProperty("pictures_per_second").GetDouble() > 0));
    }

    [Fact]
    public void Start()
    {
        JsonElement report = Run("bench", "start", "--runs", "1", "--json");
        Assert.Equal(["machine", "snapshot_bytes", "start"], Keys(report));
        Assert.InRange(report.GetProperty("snapshot_bytes").GetInt64(), 90_000_000, 110_000_000);
        JsonElement[] rows = [.. report.GetProperty("start").EnumerateArray()];
        Assert.Equal(["start", "load", "generate"], rows.Select(r => r.GetProperty("name").GetString()));
        Assert.All(rows, row => Assert.Equal(
            ["name", "title", "seconds", "median_seconds", "runs", "peak_bytes", "goal_seconds", "reached"], Keys(row)));
        Assert.Equal([false, false, true], rows.Select(r => r.GetProperty("goal_seconds").ValueKind == JsonValueKind.Number));
        double[] seconds = [.. rows.Select(r => r.GetProperty("seconds").GetDouble())];
        Assert.True(seconds[0] > 0 && seconds[1] > seconds[0] && seconds[2] > seconds[1], string.Join(' ', seconds));
    }

    [Fact]
    public void One_operator()
    {
        // What the other process of `bench operators` is asked for; the whole takes a minute.
        JsonElement report = Run("bench", "operators", "--reference", "adam_step", "--seconds", "0.01");
        Assert.Equal(["machine", "operators"], Keys(report));
        JsonElement row = Assert.Single(report.GetProperty("operators").EnumerateArray());
        Assert.Equal(["name", "shape", "pass", "seconds", "reference_seconds", "ratio"], Keys(row));
        Assert.Equal(("adam_step", "forward"), (row.GetProperty("name").GetString(), row.GetProperty("pass").GetString()));
    }

    [Theory]
    [InlineData("loader")]
    [InlineData("start")]
    public void A_temporary_folder_that_is_not_there_is_named(string verb)
    {
        string folder = Path.Combine(Path.GetTempPath(), "stylegan-no-such-folder");
        using Process process = CommandLine.Start(
            Path.GetTempPath(), new Dictionary<string, string> { ["TMPDIR"] = folder, ["TEMP"] = folder, ["TMP"] = folder },
            "bench", verb);
        CommandResult result = CommandLine.Finish(process);
        Assert.Equal((int)ExitCode.WrongInput, result.Code);
        Assert.Contains(folder, CommandLine.OneSentence(result));
    }

    private static JsonElement Run(params string[] arguments)
    {
        using var temporary = new TemporaryFolder();
        using Process process = CommandLine.Start(
            temporary.Path, new Dictionary<string,
            string>
            { ["TMPDIR"] = temporary.Path, ["TEMP"] = temporary.Path, ["TMP"] = temporary.Path }, arguments);
        CommandResult result = CommandLine.Finish(process);
        Assert.True(result.Code == 0, result.Messages);
        Assert.Empty(Directory.GetFileSystemEntries(temporary.Path, "stylegan-bench-*")); // what it wrote is gone
        using var document = JsonDocument.Parse(result.Results);
        return document.RootElement.Clone();
    }

    private static string[] Keys(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
