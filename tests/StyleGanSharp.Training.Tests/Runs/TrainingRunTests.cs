using System.Text.Json;
using StyleGanSharp.Metrics;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Runs;

public sealed class TrainingRunTests
{
    // Iterations of 4 images: with regularisations, adjustments of the strength, ticks and snapshots at different ones.
    private const long Images = 40;

    [Fact, NoLeaks]
    public void Results_of_a_metric_that_had_another_name_are_continued()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["run"]);
        const string Old = """{"results":{"fid5_full/squeezenet":7},"metric":"fid5_full/squeezenet","snapshot":"a","kimg":1,"timestamp":1}""";
        File.WriteAllText(Path.Combine(folder["run"], "metric-fid5_full-squeezenet.jsonl"), Old + "\n");
        TinyRun.Run(folder["run"], TinyRun.Options(8), Measuring());
        TinyRun.Run(folder["run"], TinyRun.Options(16), Measuring());
        string[] lines = File.ReadAllLines(Path.Combine(folder["run"], "metric-frechet5-squeezenet.jsonl"));
        Assert.Equal([7.0, 1.0, 1.0], lines.Select(
            l => JsonDocument.Parse(l).RootElement.GetProperty("results").GetProperty("frechet5/squeezenet").GetDouble()));
        Assert.Equal(Old + "\n", File.ReadAllText(Path.Combine(folder["run"], "metric-fid5_full-squeezenet.jsonl")));
    }

    [Fact, NoLeaks]
    public void Records_train_as_the_pictures_in_them()
    {
        using var folder = new TemporaryFolder();
        string records = Fixtures.GoldenTf.Path("tfrecords/tiny32");
        Data.Datasets.Creation.DatasetCreator.Create(
            records, folder["a.zip"], new(), null, TestContext.Current.CancellationToken);
        string[] snapshots = [.. new[] { records, folder["a.zip"] }.Select((data, i) =>
        {
            TinyRun.Run(folder[$"{i}"], TinyRun.Options(8, change: r => r with { Data = r.Data with { Path = data } }));
            string last = Directory.GetFiles(folder[$"{i}"], "network-snapshot-*.safetensors").Order().Last();
            return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(last)));
        })];
        Assert.Equal(snapshots[0], snapshots[1]);
    }

    [Fact, NoLeaks]
    public void Two_runs_that_differ_only_in_their_folder_write_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(16);
        foreach (string name in new[] { "a", "b" })
        {
            TinyRun.Run(folder[name], options);
        }

        string[] files = [.. Directory.GetFiles(folder["a"]).Select(f => Path.GetFileName(f)!)
            .Where(f => f.EndsWith(".safetensors", StringComparison.Ordinal) || f.EndsWith(".png", StringComparison.Ordinal)
                || f == "options.json")];
        Assert.Contains("network-snapshot-000000.safetensors", files);
        Assert.Contains("training-state.safetensors", files);
        Assert.Contains("reals.png", files);
        Assert.Contains("fakes_init.png", files);
        foreach (string file in files)
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(folder["a"], file)).SequenceEqual(
                    File.ReadAllBytes(Path.Combine(folder["b"], file))), file);
        }
    }

    [Fact, NoLeaks]
    public void A_finished_run_says_so_and_a_larger_total_continues_it()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["run"], TinyRun.Options(8));
        var log = new RecordedLog();
        Assert.Equal(RunOutcome.FinishedBefore, TinyRun.Run(folder["run"], TinyRun.Options(8), log: log));
        Assert.Contains(log.Lines, l => l.Contains("nothing is left to do", StringComparison.Ordinal));
        Assert.Equal(RunOutcome.Finished, TinyRun.Run(folder["run"], TinyRun.Options(16)));

        TinyRun.Run(folder["whole"], TinyRun.Options(16));
        RequireEqualWeights(folder["whole"], folder["run"]);
    }

    [Fact, NoLeaks]
    public void Statistics_have_one_line_a_tick_also_after_a_death()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images);
        int done = 0;
        Assert.Throws<DeathException>(
            () => TinyRun.Run(
                folder["run"], options, new RunSettings { IterationDone = _ => DeathException.ThrowIf(++done == 8) }));
        TinyRun.Run(folder["run"], options);
        double[] kimg =
            [.. File.ReadLines(Path.Combine(folder["run"], "stats.jsonl")).Select(l => JsonDocument.Parse(l).RootElement
            .GetProperty("Progress/kimg").GetProperty("mean").GetDouble())];
        Assert.Equal([0.004, 0.012, 0.02, 0.028, 0.036, 0.04], kimg);
    }

    [Fact, NoLeaks]
    public void A_state_of_other_options_is_refused_with_the_differences()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["run"], TinyRun.Options(8));
        RunException e = Assert.Throws<RunException>(
            () => TinyRun.Run(folder["run"], TinyRun.Options(16, change: r => r with { Gamma = 3 })));
        Assert.Contains("trainer.loss.r1_gamma was ", e.Message, StringComparison.Ordinal);
        Assert.Contains("now 3", e.Message, StringComparison.Ordinal);
        Assert.Contains("another folder", e.Message, StringComparison.Ordinal);
    }

    [Theory, NoLeaks]
    [InlineData("\"format_version\":\"1\"", "\"format_version\":\"9\"", "version 9")]
    [InlineData("pl_mean", "pl_bean", "pl_mean")]
    [InlineData("\"format\":\"stylegansharp-training-state\"", "\"format\":\"stylegansharp-training-stats\"",
        "not a training state")]
    public void A_state_of_another_version_or_a_damaged_one_is_refused(string before, string after, string expected)
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["run"], TinyRun.Options(4));
        string path = Path.Combine(folder["run"], "training-state.safetensors");
        byte[] bytes = File.ReadAllBytes(path);
        string text = System.Text.Encoding.Latin1.GetString(bytes);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(text.Replace(before, after, StringComparison.Ordinal)));
        RunException e = Assert.Throws<RunException>(() => TinyRun.Run(folder["run"], TinyRun.Options(8)));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);

        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.Contains("another folder", Assert.Throws<RunException>(
            () => TinyRun.Run(folder["run"], TinyRun.Options(8))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_use_is_refused()
    {
        using var folder = new TemporaryFolder();
        using RunFolder first = RunFolder.Open(folder["run"]);
        Assert.Contains("in use by another process", Assert.Throws<RunException>(() => RunFolder.Open(folder["run"])).Message,
            StringComparison.Ordinal);
    }

    [Fact, NoLeaks]
    public void A_metric_that_fails_is_a_warning_and_the_best_snapshot_is_kept()
    {
        using var folder = new TemporaryFolder();
        var log = new RecordedLog();
        var settings = Measuring();
        Assert.Equal(RunOutcome.Finished, TinyRun.Run(folder["run"], TinyRun.Options(Images), settings, log));
        Assert.Contains(log.Warnings, w => w.Contains("no features today", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder["run"], "network-best.safetensors")));
        Assert.Contains(log.Lines, l => l.StartsWith("frechet5/squeezenet 1", StringComparison.Ordinal));
        using IGenerator best = NetworkFile.ReadGenerator(Path.Combine(folder["run"], "network-best.safetensors"));
        Assert.Equal(32, best.Width);
    }

    [Fact, NoLeaks]
    public void Weights_that_are_not_finite_end_the_run_and_keep_the_last_good_state()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images);
        options = options with
        {
            Trainer =
            options.Trainer with { GeneratorAdam = options.Trainer.GeneratorAdam with { LearningRate = 1e38 } }
        };
        RunException e = Assert.Throws<RunException>(() => TinyRun.Run(folder["run"], options));
        Assert.Contains("not finite", e.Message, StringComparison.Ordinal);
        using SafetensorsFile state = Safetensors.Read(Path.Combine(folder["run"], "training-state.safetensors"));
        Assert.All(state.Tensors.Values.Where(t => t.DType == Torch.DType.Float32), t => Assert.True(t.AllFinite()));
    }

    [Fact, NoLeaks]
    public void What_could_not_be_written_is_tried_again_and_an_error_at_the_end()
    {
        using var folder = new TemporaryFolder();
        string state = Path.Combine(folder["run"], "training-state.safetensors");
        var log = new RecordedLog();

        // A folder under the name of the state stands for a full disk.
        var settings = new RunSettings
        {
            IterationDone = iteration =>
            {
                if (iteration == 1)
                {
                    File.Delete(state);
                    Directory.CreateDirectory(state);
                }
            },
        };
        RunException e = Assert.Throws<RunException>(() => TinyRun.Run(folder["run"], TinyRun.Options(24), settings, log));
        Assert.True(e.WhileRunning);
        Assert.Contains("training state", e.Message, StringComparison.Ordinal);
        Assert.True(log.Warnings.Count(w => w.Contains("training goes on", StringComparison.Ordinal)) >= 2,
            "every save tries again");
        Assert.True(File.Exists(Path.Combine(folder["run"], "network-snapshot-000000.safetensors")));
    }

    [Fact, NoLeaks]
    public void A_run_starts_from_a_network_file_and_from_the_state_of_another()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["first"], TinyRun.Options(8));
        foreach (string source in new[] { "network-snapshot-000000.safetensors", "training-state.safetensors" })
        {
            string path = Path.Combine(folder["first"], source);
            using StartFile start = StartFile.Open(path);
            Assert.Equal(source.StartsWith("training", StringComparison.Ordinal), start.HasDiscriminator);
            TrainingOptions options = TinyRun.Options(8, change: r => r with { StartFrom = path, FreezeLayers = 2 });
            options = options with { Generator = start.Architecture.Generator };
            using (TrainedNetworks networks = start.Networks(options))
            {
                using IGenerator snapshot = NetworkFile.ReadGenerator(
                    Path.Combine(folder["first"], "network-snapshot-000000.safetensors"));
                foreach ((Torch.Modules.NamedTensor a, Torch.Modules.NamedTensor b) in
                    networks.AverageModule.NamedTensors().Zip(((Torch.Modules.Module)snapshot).NamedTensors()))
                {
                    Assert.Equal(a.Value.ToArray<float>(), b.Value.ToArray<float>());
                }
            }
        }
    }

    private static void RequireEqualWeights(string a, string b)
    {
        using SafetensorsFile first = Safetensors.Read(Path.Combine(a, "training-state.safetensors"));
        using SafetensorsFile second = Safetensors.Read(Path.Combine(b, "training-state.safetensors"));
        Assert.Equal(first.Tensors.Keys, second.Tensors.Keys);
        Assert.All(first.Tensors, t => Assert.Equal(t.Value.ToBytes(), second.Tensors[t.Key].ToBytes()));
    }

    private static RunSettings Measuring() => new()
    {
        Metrics = [new FallingMetric()],
        MetricContext = (generator, cancel) => new MetricContext { Generator = generator, Cancel = cancel },
    };

    private sealed class FallingMetric : IMetric
    {
        private int calls;

        public string Name => "fid5";

        public string Description => "falls from call to call";

        public int ProtocolSamples => 5;

        public MetricNeeds Needs => MetricNeeds.None;

        public MetricDirection Better => MetricDirection.Lower;

        public void Require(MetricContext context)
        {
        }

        public IReadOnlyList<MetricResult> Measure(MetricContext context) => ++calls == 2
            ? throw new InvalidOperationException("no features today")
            : [new MetricResult("frechet5/squeezenet", 1.0 / calls, null, 5)];
    }
}
