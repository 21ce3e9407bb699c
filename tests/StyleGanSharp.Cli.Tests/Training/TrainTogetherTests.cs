using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Training;

/// <summary><c>train --processes</c>: starting, ending, and what happens when one of the processes does not behave.</summary>
[Collection(nameof(RunAlone))]
public sealed class TrainTogetherTests : IDisposable
{
    private const int Kill = 9;
    private const int Stop = 19;

    // Within it a run must have ended whatever happened to one of its processes.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Four_processes_start_train_and_stop()
    {
        using Process process = CommandLine.Start(folder.Path, null, [.. Run("--processes", "4", "--kimg", "0.032")]);
        CommandResult result = CommandLine.Finish(process);
        Assert.True(result.Code == 0, result.Messages);
        Assert.Contains("Together: 4 processes", result.Messages, StringComparison.Ordinal);
        Assert.Single(result.Messages.Split('\n'), l => l.StartsWith("Data: ", StringComparison.Ordinal));
        Assert.Contains("Exchanges: ", result.Messages, StringComparison.Ordinal);
        JsonElement last = JsonDocument.Parse(File.ReadLines(folder["run/stats.jsonl"]).Last()).RootElement;

        // One iteration a tick: 8 images, of all processes.
        Assert.Equal(8, last.GetProperty("Loss/scores/real").GetProperty("num").GetInt32());
        Assert.True(File.Exists(folder["run/network-snapshot-000000.safetensors"]));
    }

    [Theory]
    [InlineData(0, Kill, "Rank 0 (process ", "was ended by signal 9")]
    [InlineData(1, Kill, "Rank 1 (process ", "was ended by signal 9")]
    [InlineData(1, Stop, "Rank 1 (process ", "has not answered for ")]
    [InlineData(0, Stop, "Rank 0 (process ", "was stopped")]
    public async Task A_process_that_is_killed_or_stopped_ends_the_run_and_is_named(
        int rank, int signal, string name, string what)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are found in /proc.");
        using Process launcher = await StartAndWait();
        int worker = Assert.Single(
            Children(launcher.Id), c => Variable(c, "RANK") == rank.ToString(CultureInfo.InvariantCulture));
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, Signals.Send(worker, signal));
        CommandResult result = CommandLine.Finish(launcher);
        Assert.True(watch.Elapsed < Limit, $"It took {watch.Elapsed}: {result.Messages}");
        Assert.Equal((int)ExitCode.Failed, result.Code);
        string sentence = Assert.Single(result.Messages.Split('\n'), l => l.StartsWith("stylegan: ", StringComparison.Ordinal));
        Assert.Contains(name, sentence, StringComparison.Ordinal);
        Assert.Contains(what, sentence, StringComparison.Ordinal);
        Assert.Contains("repeat the command", sentence, StringComparison.Ordinal);
        Assert.Empty(Children(launcher.Id));
        CommandResult again = CommandLine.Succeed([.. Run("--kimg", "0.008")]);
        Assert.Contains("Continuing at ", again.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_to_end_all_processes_save_and_leave()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are found in /proc.");
        Assert.SkipWhen(Signals.IsIgnored(Signals.Terminate), "This process ignores SIGTERM, and its children inherit that.");
        using Process launcher = await StartAndWait();
        Assert.Equal(0, Signals.Send(launcher.Id, Signals.Terminate));
        CommandResult result = CommandLine.Finish(launcher);
        Assert.True(result.Code == (int)ExitCode.Terminated, $"exit code {result.Code}: {result.Messages}");
        Assert.Contains("the same command continues the run", result.Messages, StringComparison.Ordinal);
        Assert.Single(result.Messages.Split('\n'), l => l == "Terminated.");
    }

    [Fact]
    public async Task Without_their_launcher_the_workers_save_and_leave()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are found in /proc.");
        using Process launcher = await StartAndWait();
        int[] workers = [.. Children(launcher.Id)];
        Assert.Equal(2, workers.Length);
        Assert.Equal(0, Signals.Send(launcher.Id, Kill));
        var watch = Stopwatch.StartNew();
        while (workers.Any(w => Variable(w, "RANK") is not null))
        {
            Assert.True(watch.Elapsed < Limit, "Workers go on without their launcher.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Contains("the same command continues the run", File.ReadAllText(folder["run/log.txt"]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_for_all_is_said_once()
    {
        using Process process = CommandLine.Start(folder.Path, null, [.. Run("--processes", "3")]);
        CommandResult result = CommandLine.Finish(process);
        Assert.Equal((int)ExitCode.WrongInput, result.Code);
        Assert.Contains("--batch 8 cannot be divided among 3 processes", CommandLine.OneSentence(result),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--processes 0: expected 1 to 1024.", "--processes", "0")]
    [InlineData("--processes 2 contradicts --gpus 3", "--processes", "2", "--gpus", "3")]
    [InlineData("--mbstd-group 4 does not divide the 2 images", "--processes", "4", "--mbstd-group", "4", "--dry-run")]
    public void Wrong_numbers_are_explained(string expected, params string[] arguments) =>
        Assert.Contains(expected, CommandLine.Refuse([.. Run(arguments)]), StringComparison.Ordinal);

    [Fact]
    public void Variables_of_a_launcher_are_followed_and_contradictions_explained()
    {
        var variables = new Dictionary<string, string>
        {
            ["RANK"] = "1",
            ["WORLD_SIZE"] = "2",
            ["MASTER_ADDR"] = "127.0.0.1",
            ["MASTER_PORT"] = "1",
            ["STYLEGAN_JOIN_SECONDS"] = "1",
        };
        using Process contradicting = CommandLine.Start(folder.Path, variables, [.. Run("--processes", "3")]);
        Assert.Contains("--processes 3 contradicts the environment, which started 2", CommandLine.OneSentence(
            CommandLine.Finish(contradicting)), StringComparison.Ordinal);
        using Process alone = CommandLine.Start(folder.Path, variables, [.. Run()]);
        Assert.Contains("Rank 1 of 2 found no rank 0 at 127.0.0.1:1", CommandLine.OneSentence(CommandLine.Finish(alone)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Processes_with_other_options_end_and_say_in_what_they_differ()
    {
        string port = FreePort();
        Process[] ranks = [.. Enumerable.Range(0, 2).Select(rank => CommandLine.Start(
            folder.Path,
            new Dictionary<string,
            string> { ["RANK"] = $"{rank}", ["WORLD_SIZE"] = "2", ["MASTER_ADDR"] = "127.0.0.1", ["MASTER_PORT"] = port },
            [.. Run("--gamma", $"{rank + 1}")]))];
        foreach (Process rank in ranks)
        {
            CommandResult result = CommandLine.Finish(rank);
            Assert.Equal((int)ExitCode.WrongInput, result.Code);
            Assert.Contains("trainer.loss.r1_gamma is 2, rank 0's is 1", result.Messages, StringComparison.Ordinal);
            rank.Dispose();
        }
    }

    private async Task<Process> StartAndWait()
    {
        // Shorter than by default, so that the tests are; the order of the limits is the same.
        var limits = new Dictionary<string, string> { ["STYLEGAN_SILENCE_SECONDS"] = "8" };
        Process process = CommandLine.Start(
            folder.Path, limits, [.. Run("--kimg", "1000", "--processes", "2", "--save-minutes", "0.01")]);
        var watch = Stopwatch.StartNew();
        while (!File.Exists(folder["run/stats.jsonl"]) || File.ReadLines(folder["run/stats.jsonl"]).Count() < 3)
        {
            Assert.True(watch.Elapsed < Patience, "No tick came.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return process;
    }

    private static IEnumerable<int> Children(int parent) =>
        Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(
            n => int.TryParse(n, CultureInfo.InvariantCulture, out _)).Select(n => int.Parse(n!, CultureInfo.InvariantCulture))
            .Where(p => Variable(p, "STYLEGAN_LAUNCHER") == parent.ToString(CultureInfo.InvariantCulture));

    // Null: there is no such process any more.
    private static string? Variable(int process, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Split('\0').FirstOrDefault(
                v => v.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private IEnumerable<string> Run(params string[] more)
    {
        (string, string)[] defaults =
        [
            ("--cfg", "small"), ("--batch", "8"), ("--mbstd-group", "2"), ("--cbase", "128"), ("--cmax", "8"), ("--latent", "8"),
            ("--map-depth", "1"),
            ("--tick", "0.008"), ("--aug", "ada"), ("--device", "cpu"),
        ];
        return ["train", "--data", Fixtures.Golden.Path("dataset/synthetic-32x32.zip"), "--outdir", folder["run"],
            .. defaults.Where(d => !more.Contains(d.Item1)).SelectMany(d => new[] { d.Item1, d.Item2 }), .. more];
    }
}
