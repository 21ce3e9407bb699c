using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Tests.Runs;

namespace StyleGanSharp.Training.Tests.Distributed;

/// <summary>Whole runs of several processes: threads stand for them.</summary>
public sealed class RunTogetherTests
{
    private const long Images = 48;
    private const string State = "training-state.safetensors";

    [Fact, NoLeaks]
    public void Stopped_and_continued_by_as_many_processes_a_run_ends_bit_identical()
    {
        using var folder = new TemporaryFolder();
        Assert.All(Run(2, folder["whole"]), r => Assert.Equal(RunOutcome.Finished, r.Outcome));

        // The second process is asked to end: all do, after the same iteration.
        (RunOutcome Outcome, RecordedLog Log)[] first = Run(2, folder["parts"], stopper: 1, after: 2);
        Assert.All(first, r => Assert.Equal(RunOutcome.Interrupted, r.Outcome));
        Assert.Contains(first[0].Log.Lines, l => l.StartsWith("Saved at 0.016 kimg", StringComparison.Ordinal));
        (RunOutcome Outcome, RecordedLog Log)[] second = Run(2, folder["parts"]);
        Assert.All(second, r => Assert.Equal(RunOutcome.Finished, r.Outcome));
        Assert.Empty(second[0].Log.Warnings);
        foreach (string name in new[] { State, "network-snapshot-000000.safetensors", "fakes000000.png" })
        {
            Assert.True(File.ReadAllBytes(folder[$"whole/{name}"]).SequenceEqual(File.ReadAllBytes(folder[$"parts/{name}"])),
                $"{name} differs");
        }
    }

    [Theory, NoLeaks]
    [InlineData(2, 1, "The run was made with 2 processes and goes on with 1: ")]
    [InlineData(1, 4, "The run was made with 1 process and goes on with 4: ")]
    public void Another_number_of_processes_goes_on_and_says_what_changes(int before, int after, string expected)
    {
        using var folder = new TemporaryFolder();
        Run(before, folder["run"], stopper: 0, after: 2);
        (RunOutcome Outcome, RecordedLog Log)[] results = Run(after, folder["run"]);
        Assert.All(results, r => Assert.Equal(RunOutcome.Finished, r.Outcome));
        string warning = Assert.Single(results[0].Log.Warnings);
        Assert.StartsWith(expected, warning, StringComparison.Ordinal);
        Assert.Contains($"({before} processes continue exactly)", warning, StringComparison.Ordinal);
        Assert.Contains(results[0].Log.Lines, l => l.StartsWith("Continuing at 0.016 kimg", StringComparison.Ordinal));
    }

    [Fact, NoLeaks]
    public void An_exchanged_data_set_of_the_same_shape_is_noticed()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(8);
        TinyRun.Run(folder["run"], options);
        string written = File.ReadAllText(folder["run/options.json"]);

        // The same archive with two images under each other's names.
        string data = folder["data"];
        System.IO.Compression.ZipFile.ExtractToDirectory(TinyRun.Data, data);
        string[] pictures = [.. Directory.GetFiles(data, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        File.Move(pictures[0], folder["aside"]);
        File.Move(pictures[1], pictures[0]);
        File.Move(folder["aside"], pictures[1]);
        RunException e = Assert.Throws<RunException>(() => TinyRun.Run(
            folder["run"], TinyRun.Options(16, change: r => r with { Data = r.Data with { Path = data } })));
        Assert.Contains("is not the one that the run in", e.Message, StringComparison.Ordinal);
        Assert.Equal(written, File.ReadAllText(folder["run/options.json"])); // What is refused changes nothing.
    }

    private static (RunOutcome Outcome, RecordedLog Log)[] Run(int size, string folder, int stopper = -1, int after = 0)
    {
        TrainingOptions options = TinyRun.Options(Images, change: r => r with { Batch = 8, MicroBatch = null, GroupSize = 2 });
        (RunOutcome, RecordedLog) One(IReducer reducer)
        {
            using ImageDataset dataset = ImageDataset.Open(options.Data.Path);
            using RunFolder? own = reducer.Rank == 0 ? RunFolder.Open(folder) : null;
            var log = new RecordedLog();
            using var mine = new CancellationTokenSource();
            long done = 0;
            var settings = new RunSettings
            {
                Reducer = reducer,
                IterationDone = _ =>
                {
                    // The others hear it in the next iteration.
                    if (reducer.Rank == stopper && ++done == after - (size > 1 ? 1 : 0))
                    {
                        mine.Cancel();
                    }
                },
            };
            using var run = new TrainingRun(options, settings, dataset, own, log);
            return (run.Run(mine.Token), log);
        }

        return size == 1 ? Together.Threads(1, _ => One(SingleProcess.Instance)) : Together.Run(size, One);
    }
}
