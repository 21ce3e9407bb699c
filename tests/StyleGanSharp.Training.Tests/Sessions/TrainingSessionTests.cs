using System.Collections.Concurrent;
using StyleGanSharp.Generation;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Sessions;
using StyleGanSharp.Training.Tests.Runs;

namespace StyleGanSharp.Training.Tests.Sessions;

public sealed class TrainingSessionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_session_is_watched_stopped_and_continued()
    {
        using var folder = new TemporaryFolder();
        TrainingSessionOptions options = Options(folder["run"], kimg: 1000);
        var first = new Report();
        using (TrainingSession session = Start(options, first))
        {
            while (session.Status.Images < 16)
            {
                Assert.False(session.Completion.IsCompleted);
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            Assert.Equal((1_000_000, folder["run"]), (session.Status.TotalImages, session.Status.Folder));
            session.Stop();
            Assert.Equal(RunOutcome.Interrupted, await session.Completion.WaitAsync(
                Patience, TestContext.Current.CancellationToken));
        }

        Assert.Contains(first.Lines, l => l.StartsWith("Saved at ", StringComparison.Ordinal));
        Assert.Contains(first.Lines, l => l.Contains("WITH-LABELS uses them", StringComparison.Ordinal));
        Assert.Equal(first.Lines, File.ReadAllLines(Path.Combine(folder["run"], "log.txt")));

        var second = new Report();
        using TrainingSession rest = Start(options with { Request = options.Request with { Kimg = 0.02 } }, second);
        await rest.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Contains(second.Lines, l => l.StartsWith("Continuing at ", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_are_checked_before_anything_is_opened()
    {
        using var folder = new TemporaryFolder();
        TrainingSessionOptions options = Options(folder["run"], kimg: 1) with
        {
            SaveMinutes = 0,
            Metrics = "kid",
            MetricSamples = 1,
            Processes = 0,
            Compute = new ComputeOptions { Threads = -1 },
        };
        TrainingOptionsException refused = Assert.Throws<TrainingOptionsException>(() => Start(options, new Report()));
        Assert.Equal(["threads", "saveMinutes", "processes", "metrics", "metricSamples"], refused.Problems.Select(
            p => p.Property));
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public async Task Failures_end_the_session_and_reach_whoever_waits()
    {
        using var folder = new TemporaryFolder();
        TrainingSessionOptions options = Options(folder["run"], kimg: 1);
        options = options with { Request = options.Request with { Batch = 3, GroupSize = 2 } };
        using TrainingSession session = Start(options, new Report());
        TrainingOptionsException refused = await Assert.ThrowsAsync<TrainingOptionsException>(
            () => session.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(["groupSize"], refused.Problems.Select(p => p.Property));
    }

    [Fact]
    public void Several_processes_need_a_program()
    {
        using var folder = new TemporaryFolder();
        using TrainingSession session = Start(Options(folder["run"], kimg: 1) with { Processes = 2 }, new Report());
        RunException refused = Assert.Throws<RunException>(() => session.Completion.GetAwaiter().GetResult());
        Assert.Contains("one process", refused.Message, StringComparison.Ordinal);
    }

    private static TrainingSession Start(TrainingSessionOptions options, Report report) =>
        TrainingSession.Start(options, report, cancel: TestContext.Current.CancellationToken);

    private static TrainingSessionOptions Options(string folder, double kimg) => new()
    {
        OutDir = folder,
        Compute = new ComputeOptions { Device = "cpu", Threads = 2 },
        Request = new TrainingRequest
        {
            Data = new DataOptions { Path = TinyRun.Data },
            Batch = 4,
            ChannelBase = 64,
            ChannelMax = 4,
            LatentSize = 4,
            MappingLayers = 1,
            Augmentation = "noaug",
            Kimg = kimg,
        },
    };

    private sealed class Report : ITrainingReport
    {
        internal ConcurrentQueue<string> Lines { get; } = new();

        public void Say(string line) => Lines.Enqueue(line);

        public void Warn(string sentence) => Lines.Enqueue($"Warning: {sentence}");

        public string? NameOf(string property) => property == "data.useLabels" ? "WITH-LABELS" : null;
    }
}
