using System.Diagnostics;
using System.Text.Json;
using StyleGanSharp.Networks;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Training;

/// <summary><c>train</c>: options, continuing, starting from other networks, ending.</summary>
public sealed class TrainTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Dry_run_prints_the_resolved_options_and_makes_nothing()
    {
        CommandResult result = CommandLine.Succeed([.. Run("--dry-run", "--gamma", "3")]);
        JsonElement options = JsonDocument.Parse(result.Results).RootElement;
        Assert.Equal(3, options.GetProperty("trainer").GetProperty("loss").GetProperty("r1_gamma").GetDouble());
        Assert.Equal(32, options.GetProperty("discriminator").GetProperty("resolution").GetInt32());
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public void The_same_command_continues_and_says_when_nothing_is_left()
    {
        CommandLine.Succeed([.. Run("--kimg", "0.008")]);
        CommandResult continued = CommandLine.Succeed([.. Run("--kimg", "0.016")]);
        Assert.Contains("Continuing at 0.008 kimg", continued.Messages);
        Assert.Contains("nothing is left to do", CommandLine.Succeed([.. Run("--kimg", "0.016")]).Messages);
        CommandLine.Succeed(
            "generate", "--network", folder["run/network-snapshot-000000.safetensors"], "--seeds", "0", "--outdir",
            folder["out"]);
        Assert.Equal(["seed0000.png"], Directory.GetFiles(folder["out"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--mirror=1", "--cond=1", true, true)]
    [InlineData("--mirror", "--cond=True", true, true)]
    [InlineData("--mirror=0", "--cond", false, true)]
    [InlineData("--mirror=FALSE", "--cond=no", false, false)]
    [InlineData("--mirror:1", "--cond=off", true, false)]
    public void Flags_take_values_as_the_fields_do(string mirror, string cond, bool mirrored, bool conditional)
    {
        Assert.Equal((mirrored, conditional), Flags(mirror, cond));
        Assert.Equal((mirrored, conditional), Flags([.. mirror.Split('=', ':'), .. cond.Split('=')]));

        (bool, bool) Flags(params string[] flags)
        {
            JsonElement data = DryRun(flags).GetProperty("data");
            return (data.GetProperty("mirror_x").GetBoolean(), data.GetProperty("use_labels").GetBoolean());
        }
    }

    [Fact]
    public void Flags_of_the_field_without_effect_are_said()
    {
        CommandResult result = CommandLine.Succeed(
            [.. Run("--dry-run", "--nhwc=1", "--fp32=1", "--nobench", "0", "--desc", "mine")]);
        Assert.Contains("--nhwc, --nobench, --desc: without effect", result.Messages);
        Assert.Contains("--fp32", CommandLine.Refuse([.. Run("--fp32=1", "--precision", "fast")]));
        Assert.Contains("--mirror=2", CommandLine.Refuse([.. Run("--mirror=2")]));
    }

    [Theory]
    [InlineData("fp32")]
    [InlineData("FP32")]
    [InlineData("float32")]
    public void Float32_has_several_names(string name) =>
        Assert.False(DryRun("--precision", name).TryGetProperty("precision", out _));

    [Fact]
    public void A_dry_run_shows_that_there_are_no_mapping_layers()
    {
        JsonElement generator = DryRun("--map-depth", "0").GetProperty("style_gan2");
        Assert.Equal(0, generator.GetProperty("mapping").GetProperty("num_layers").GetInt32());
        Assert.Equal(8, generator.GetProperty("w_dim").GetInt32());
        string sentence = CommandLine.Refuse([.. Run("--cfg", "stylegan3-t", "--map-depth", "0", "--dry-run")]);
        Assert.Contains("--map-depth 0: ", sentence);
        Assert.Contains("--cfg stylegan1", sentence);
    }

    [Theory]
    [InlineData("bf16")]
    [InlineData("fp16")]
    public void Single_formats_are_explained(string name) =>
        Assert.Contains($"--precision {name}: ", CommandLine.Refuse([.. Run("--precision", name)]));

    [Theory]
    [InlineData("--gamma", "6,6", "write 6.6")]
    [InlineData("--kimg", "0,016", "write 0.016")]
    [InlineData("--pl-weight", "1.000,5", "write 1000.5")]
    [InlineData("--tick", "1,000", "write 1.000, or 1000")]
    [InlineData("--batch", "1,024", "write 1024")]
    [InlineData("--batch", "6,5", "a whole number")]
    [InlineData("--seed", "-1", "from 0")]
    [InlineData("--glr", "Infinity", "expected a number")]
    public void Numbers_have_no_commas(string option, string value, string expected)
    {
        string sentence = CommandLine.Refuse([.. Run(option, value)]);
        Assert.Contains($"{option} {value}: ", sentence);
        Assert.Contains(expected, sentence);
    }

    [Fact]
    public void The_newest_snapshot_of_the_folder_or_the_run_itself_is_resumed()
    {
        Assert.Contains("starts from scratch", CommandLine.Succeed(
            [.. Run("--resume=latest", "--kimg", "0.004", "--snap", "1")]).Messages);
        CommandLine.Succeed([.. Run("--resume", "latest", "--kimg", "0.008")]);
        CommandResult continued = CommandLine.Succeed([.. Run("--resume=Latest", "--kimg", "0.012")]);
        Assert.Contains("Continuing at 0.008 kimg", continued.Messages);

        // Without its state the newest of the snapshots is taken, and the run that it begins is continued again.
        File.Delete(folder["run/training-state.safetensors"]);
        CommandResult started = CommandLine.Succeed([.. Run("--resume=latest", "--kimg", "0.004")]);
        Assert.Contains("network-snapshot-000000_012.safetensors", started.Messages);
        Assert.Contains("Continuing at 0.004 kimg", CommandLine.Succeed([.. Run("--resume=latest", "--kimg", "0.008")]).Messages);
        Assert.Equal(JsonValueKind.Null, DryRun("--outdir", folder["other"], "--resume", "noresume").GetProperty(
            "start_from").ValueKind);
    }

    [Fact]
    public void The_newest_snapshot_of_the_fields_folders_is_resumed()
    {
        foreach (string name in (
            string[])["00000-a/network-snapshot-000400.pkl", "00001-b/network-snapshot-000120.pkl",
            "00001-b/network-snapshot-000200.pkl"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[$"run/{name}"])!);
            File.Copy(CommandLine.Snapshot("sg2-skip-32"), folder[$"run/{name}"]);
        }

        CommandResult result = CommandLine.Succeed(
            "train", "--data", Data, "--outdir", folder["run"], "--resume=latest", "--batch", "4", "--device", "cpu",
            "--dry-run");
        Assert.EndsWith("00001-b/network-snapshot-000200.pkl", JsonDocument.Parse(result.Results).RootElement.GetProperty(
            "start_from").GetString());
    }

    [Fact]
    public void A_network_that_is_none_is_named_with_the_option()
    {
        string sentence = CommandLine.Refuse([.. Run("--resume", "ffhq257")]);
        Assert.Contains("--resume ffhq257", sentence);
        Assert.Contains("ffhq256", sentence);
    }

    [Fact]
    public void A_processor_without_bfloat16_is_told_to_leave_it()
    {
        Assert.SkipWhen(FastPrecision.IsUsed, "this processor has bfloat16 instructions, or STYLEGAN_BFLOAT16 is set");
        CommandResult result = CommandLine.Run([.. Run("--precision", "fast")]);
        Assert.Equal(2, result.Code);
        Assert.Contains("--precision fast: this processor has no bfloat16 instructions", result.Messages);
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public void All_problems_are_said_before_anything_is_written()
    {
        CommandResult result = CommandLine.Run([.. Run("--batch", "6", "--mbstd-group", "4", "--gamma", "-1", "--p", "2")]);
        Assert.Equal(2, result.Code);
        foreach (string option in new[] { "--mbstd-group 4", "--gamma -1", "--p 2" })
        {
            Assert.Contains(option, result.Messages);
        }

        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public void Labels_that_are_not_used_are_mentioned() =>
        Assert.Contains("they are not used (--cond uses them)", CommandLine.Succeed([.. Run("--kimg", "0.004")]).Messages);

    [Theory]
    [InlineData("sg3t-32", "choose --cfg stylegan3-t")]
    [InlineData("sg2-skip-64", "--dest NEW.zip --resolution 64x64 --transform center-crop'")]
    [InlineData("sg2-gray-16-c2", "channels")]
    [InlineData("sg2-resnet-32-c5", "has 5 labels")]
    public void A_network_that_does_not_fit_is_explained(string snapshot, string expected)
    {
        CommandResult result = CommandLine.Run(
            "train", "--data", Data, "--outdir", folder["run"], "--resume", CommandLine.Snapshot(snapshot));
        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Messages);
    }

    [Fact]
    public void A_run_starts_from_an_official_snapshot()
    {
        CommandResult result = CommandLine.Succeed(
            "train", "--data", Data, "--outdir", folder["run"], "--resume", CommandLine.Snapshot("sg2-skip-32"), "--batch", "4",
            "--kimg", "0.004",
            "--freezed", "2", "--aug", "noaug", "--device", "cpu");
        Assert.DoesNotContain("Warning", result.Messages);
    }

    [Theory]
    [InlineData(Signals.Interrupt, 130)]
    [InlineData(Signals.Terminate, 143)]
    public async Task A_signal_saves_and_leaves(int signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        Assert.SkipWhen(
            Signals.IsIgnored(signal),
            $"This process ignores signal {signal}, as jobs that a script starts in the background do, "
                + $"and its children inherit that.");
        using Process process = CommandLine.Start(folder.Path, null, [.. Run("--kimg", "100")]);
        var watch = Stopwatch.StartNew();
        while (!File.Exists(folder["run/stats.jsonl"]))
        {
            Assert.True(watch.Elapsed < Patience, "No tick came.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        string state = folder["run/training-state.safetensors"];
        DateTime before = File.GetLastWriteTimeUtc(state);
        Assert.Equal(0, Signals.Send(process.Id, signal));
        CommandResult result = CommandLine.Finish(process);
        Assert.True(result.Code == code, $"exit code {result.Code}: {result.Messages}");
        Assert.Contains("the same command continues the run", result.Messages);
        Assert.True(File.GetLastWriteTimeUtc(state) > before);
    }

    private JsonElement DryRun(params string[] more) =>
        JsonDocument.Parse(CommandLine.Succeed([.. Run([.. more, "--dry-run"])]).Results).RootElement;

    private static string Data => Fixtures.Golden.Path("dataset/synthetic-32x32.zip");

    private IEnumerable<string> Run(params string[] more)
    {
        (string, string)[] defaults =
        [
            ("--outdir", folder["run"]), ("--cfg", "small"), ("--batch", "4"), ("--cbase", "128"), ("--cmax", "8"), (
                "--latent", "8"), ("--map-depth", "1"), ("--tick", "0.004"),
            ("--aug", "ada"), ("--device", "cpu"),
        ];
        return ["train", "--data", Data,
            .. defaults.Where(d => !more.Contains(d.Item1)).SelectMany(d => new[] { d.Item1, d.Item2 }), .. more];
    }
}
