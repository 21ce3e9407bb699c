using System.Text.Json;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Runs;

public sealed class TrainingRunTests
{
    // Iterations of 4 pictures: with regularisations, adjustments of the strength, ticks and snapshots at different ones.
    private const long Images = 40;

    [Theory, NoLeaks]
    [InlineData("small")]
    [InlineData("stylegan3-t")]
    public void Killed_again_and_again_a_run_ends_bit_identical(string preset)
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images, preset);
        Assert.Equal(RunOutcome.Finished, TinyRun.Run(folder["whole"], options));

        // Thirty times the process "dies" after a random iteration, mostly between two saved states.
        var random = new Networks.Latents.NumpyRandom(5);
        string other = folder["killed"];
        var settings = new RunSettings { SaveInterval = TimeSpan.FromHours(1) };
        int deaths = 0;
        for (int i = 0; i < 30; i++)
        {
            long last = random.RandInt(1, 6), done = 0;
            try
            {
                TinyRun.Run(other, options, settings with { IterationDone = _ => DeathException.ThrowIf(++done == last) });
            }
            catch (DeathException)
            {
                deaths++;
            }
        }

        Assert.True(deaths > 3, $"only {deaths} deaths: the run ended too early to test anything");
        TinyRun.Run(other, options, settings);
        RequireEqual(folder["whole"], other);
    }

    [Fact, NoLeaks]
    public void Interrupted_after_every_iteration_a_run_ends_bit_identical()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images);
        TinyRun.Run(folder["whole"], options);
        int starts = 0;
        RunOutcome outcome;
        do
        {
            using var stop = new CancellationTokenSource();
            outcome = TinyRun.Run(folder["parts"], options, new RunSettings { IterationDone = _ => stop.Cancel() }, stop: stop);
            starts++;
        }
        while (outcome == RunOutcome.Interrupted);

        Assert.Equal(RunOutcome.Finished, outcome);
        Assert.Equal(Images / TinyRun.Batch, starts);
        RequireEqual(folder["whole"], folder["parts"]);
    }

    [Theory, NoLeaks]
    [InlineData("small")]
    [InlineData("stylegan3-t")]
    public void With_less_precision_another_run_comes_out_and_continues_bit_identical(string preset)
    {
        BFloat16.Require();
        Assert.SkipUnless(FastOps.Enabled, "STYLEGAN_REFERENCE_OPS is set");
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images, preset, r => r with { Precision = Precision.Fast });
        Assert.Contains("\"precision\": \"Fast\"", OptionsText.Of(options), StringComparison.Ordinal);
        TinyRun.Run(folder["whole"], options);
        TinyRun.Run(folder["exact"], TinyRun.Options(Images, preset));
        string snapshot = Directory.GetFiles(folder["whole"], "network-snapshot-*.safetensors").Select(f => Path.GetFileName(f)!).Order().Last();
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(folder["whole"], snapshot)), File.ReadAllBytes(Path.Combine(folder["exact"], snapshot)));
        RequireTheSameAfterDeath(folder, options);
    }

    [Fact, NoLeaks]
    public void The_precision_may_change_between_starts_and_back()
    {
        BFloat16.Require();
        Assert.SkipUnless(FastOps.Enabled, "STYLEGAN_REFERENCE_OPS is set");
        using var folder = new TemporaryFolder();
        Precision[] parts = [Precision.Fast, Precision.Float32, Precision.Float32, Precision.Fast];
        for (int i = 0; i < parts.Length; i++)
        {
            var log = new RecordedLog();
            TrainingOptions options = TinyRun.Options((i + 1) * 8, change: r => r with { Precision = parts[i] });
            Assert.Equal(RunOutcome.Finished, TinyRun.Run(folder["run"], options, log: log));
            Assert.Equal(i is 1 or 3 ? 1 : 0, log.Warnings.Count(w => w.Contains("goes on in", StringComparison.Ordinal)));
        }

        // The last part is what a run makes of the same state that was fast throughout.
        string state = Path.Combine(folder["run"], "training-state.safetensors");
        using SafetensorsFile file = Safetensors.Read(state);
        Assert.Contains("\"precision\":\"Fast\"", file.Metadata["options"], StringComparison.Ordinal);
    }

    [Fact, NoLeaks]
    public void Another_precision_than_asked_for_is_one_warning_with_its_reason()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["run"], TinyRun.Options(8));
        var log = new RecordedLog();
        TinyRun.Run(folder["run"], TinyRun.Options(16), new RunSettings { PrecisionNote = "no instructions" }, log);
        Assert.Contains("goes on in float32 (no instructions)", Assert.Single(log.Warnings));
    }

    [Fact, NoLeaks]
    public void Snapshots_and_grids_of_one_kimg_do_not_replace_each_other_also_after_a_death()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images) with { SnapshotTicks = 1 };
        TinyRun.Run(folder["whole"], options);
        string[] names = Names(folder["whole"]);
        Assert.Equal(
            ["000000", "000000_020", "000000_028", "000000_036", "000000_040"],
            names.Where(n => n.StartsWith("network-snapshot-", StringComparison.Ordinal)).Select(n => n["network-snapshot-".Length..n.IndexOf('.', StringComparison.Ordinal)]));
        Assert.Equal(
            names.Length, names.Where(n => n != "fakes_init.png").Select(n => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(
                File.ReadAllBytes(Path.Combine(folder["whole"], n))))).Distinct().Count() + 1);

        // Killed after every iteration that follows a snapshot, before the state is saved again.
        for (int death = 2; death < 9; death += 2)
        {
            int done = 0;
            string killed = folder[$"killed{death}"];
            var settings = new RunSettings { SaveInterval = TimeSpan.FromHours(1), IterationDone = _ => DeathException.ThrowIf(++done == death) };
            Assert.Throws<DeathException>(() => TinyRun.Run(killed, options, settings));
            TinyRun.Run(killed, options);
            Assert.Equal(names, Names(killed));
            Assert.All(names, n => Assert.True(File.ReadAllBytes(Path.Combine(folder["whole"], n)).SequenceEqual(File.ReadAllBytes(Path.Combine(killed, n))), n));
        }

        static string[] Names(string run) =>
            [.. Directory.GetFiles(run).Select(f => Path.GetFileName(f)!).Where(n => n.StartsWith("network-snapshot", StringComparison.Ordinal)
                || n.StartsWith("fakes", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData(123_456, -1, "000123")]
    [InlineData(123_456, 122_999, "000123")]
    [InlineData(123_456, 123_000, "000123_456")]
    [InlineData(123_456, 123_456, "000123")]
    [InlineData(123_004, 123_001, "000123_004")]
    [InlineData(640, -1, "000000")]
    [InlineData(1_234_567_890, 1_234_567_000, "1234567_890")]
    public void Names_are_whole_kimg_where_that_is_unambiguous(long images, long plain, string expected)
    {
        using var folder = new TemporaryFolder();
        using RunFolder run = RunFolder.Open(folder["run"]);
        Assert.Equal($"network-snapshot-{expected}.safetensors", Path.GetFileName(run.Snapshot(images, plain)));
        Assert.Equal($"fakes{expected}.png", Path.GetFileName(run.Fakes(images, plain)));
    }

    [Fact, NoLeaks]
    public void A_state_that_does_not_know_the_names_leaves_existing_files_alone()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["run"], TinyRun.Options(8));
        string path = Path.Combine(folder["run"], "training-state.safetensors"), snapshot = Path.Combine(folder["run"], "network-snapshot-000000.safetensors");
        using (SafetensorsFile state = Safetensors.Read(path))
        {
            string progress = state.Metadata["progress"];
            Assert.Contains(",\"plain_snapshot\":8,\"plain_grid\":8", progress, StringComparison.Ordinal);
            var older = new Dictionary<string, string>(state.Metadata) { ["progress"] = progress.Replace(",\"plain_snapshot\":8,\"plain_grid\":8", "", StringComparison.Ordinal) };
            Safetensors.Write(folder["older"], state.Tensors.Select(t => (t.Key, t.Value)), older);
        }

        File.Move(folder["older"], path, overwrite: true);
        byte[] before = File.ReadAllBytes(snapshot);
        TinyRun.Run(folder["run"], TinyRun.Options(16));
        Assert.Equal(before, File.ReadAllBytes(snapshot));
        Assert.True(File.Exists(Path.Combine(folder["run"], "network-snapshot-000000_016.safetensors")));
        Assert.True(File.Exists(Path.Combine(folder["run"], "fakes000000_016.png")));
    }

    [Fact, NoLeaks]
    public void Results_of_a_metric_that_had_another_name_are_continued()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["run"]);
        const string Old = """{"results":{"fid5_full/x":7},"metric":"fid5_full/x","snapshot":"a","kimg":1,"timestamp":1}""";
        File.WriteAllText(Path.Combine(folder["run"], "metric-fid5_full-x.jsonl"), Old + "\n");
        TinyRun.Run(folder["run"], TinyRun.Options(8), new RunSettings { Metric = new FallingMetric() });
        TinyRun.Run(folder["run"], TinyRun.Options(16), new RunSettings { Metric = new FallingMetric() });
        string[] lines = File.ReadAllLines(Path.Combine(folder["run"], "metric-fid-test.jsonl"));
        Assert.Equal([7.0, 1.0, 1.0], lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("results").GetProperty("fid/test").GetDouble()));
        Assert.Equal(Old + "\n", File.ReadAllText(Path.Combine(folder["run"], "metric-fid5_full-x.jsonl")));
    }

    [Fact, NoLeaks]
    public void Differentiable_augmentation_continues_bit_identical()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images, change: r => r with { Augmentation = "diffaug", Target = null });
        Assert.Equal("color,translation,cutout", options.Augmentation.Policy);
        TinyRun.Run(folder["whole"], options);
        TinyRun.Run(folder["plain"], TinyRun.Options(Images, change: r => r with { Augmentation = "noaug", Target = null }));
        string snapshot = Directory.GetFiles(folder["whole"], "network-snapshot-*.safetensors").Select(f => Path.GetFileName(f)!).Order().Last();
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(folder["whole"], snapshot)), File.ReadAllBytes(Path.Combine(folder["plain"], snapshot)));
        RequireTheSameAfterDeath(folder, options);
    }

    [Fact, NoLeaks]
    public void Records_train_as_the_pictures_in_them()
    {
        using var folder = new TemporaryFolder();
        string records = Fixtures.GoldenTf.Path("tfrecords/tiny32");
        Data.Datasets.Creation.DatasetCreator.Create(records, folder["a.zip"], new(), null, TestContext.Current.CancellationToken);
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
            .Where(f => f.EndsWith(".safetensors", StringComparison.Ordinal) || f.EndsWith(".png", StringComparison.Ordinal) || f == "options.json")];
        Assert.Contains("network-snapshot-000000.safetensors", files);
        Assert.Contains("training-state.safetensors", files);
        Assert.Contains("reals.png", files);
        Assert.Contains("fakes_init.png", files);
        foreach (string file in files)
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(folder["a"], file)).SequenceEqual(File.ReadAllBytes(Path.Combine(folder["b"], file))), file);
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
        Assert.Throws<DeathException>(() => TinyRun.Run(folder["run"], options, new RunSettings { IterationDone = _ => DeathException.ThrowIf(++done == 8) }));
        TinyRun.Run(folder["run"], options);
        double[] kimg = [.. File.ReadLines(Path.Combine(folder["run"], "stats.jsonl")).Select(l => JsonDocument.Parse(l).RootElement
            .GetProperty("Progress/kimg").GetProperty("mean").GetDouble())];
        Assert.Equal([0.004, 0.012, 0.02, 0.028, 0.036, 0.04], kimg);
    }

    [Fact, NoLeaks]
    public void A_state_of_other_options_is_refused_with_the_differences()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["run"], TinyRun.Options(8));
        RunException e = Assert.Throws<RunException>(() => TinyRun.Run(folder["run"], TinyRun.Options(16, change: r => r with { Gamma = 3 })));
        Assert.Contains("trainer.loss.r1_gamma was ", e.Message, StringComparison.Ordinal);
        Assert.Contains("now 3", e.Message, StringComparison.Ordinal);
        Assert.Contains("--outdir", e.Message, StringComparison.Ordinal);
    }

    [Theory, NoLeaks]
    [InlineData("\"format_version\":\"1\"", "\"format_version\":\"9\"", "version 9")]
    [InlineData("pl_mean", "pl_bean", "pl_mean")]
    [InlineData("\"format\":\"stylegansharp-training-state\"", "\"format\":\"stylegansharp-training-stats\"", "not a training state")]
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
        Assert.Contains("--outdir", Assert.Throws<RunException>(() => TinyRun.Run(folder["run"], TinyRun.Options(8))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_use_is_refused()
    {
        using var folder = new TemporaryFolder();
        using RunFolder first = RunFolder.Open(folder["run"]);
        Assert.Contains("in use by another process", Assert.Throws<RunException>(() => RunFolder.Open(folder["run"])).Message, StringComparison.Ordinal);
    }

    [Fact, NoLeaks]
    public void A_metric_that_fails_is_a_warning_and_the_best_snapshot_is_kept()
    {
        using var folder = new TemporaryFolder();
        var log = new RecordedLog();
        var settings = new RunSettings { Metric = new FallingMetric() };
        Assert.Equal(RunOutcome.Finished, TinyRun.Run(folder["run"], TinyRun.Options(Images), settings, log));
        Assert.Contains(log.Warnings, w => w.Contains("no features today", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder["run"], "network-best.safetensors")));
        Assert.Contains(log.Lines, l => l.StartsWith("fid/test 1", StringComparison.Ordinal));
        using IGenerator best = NetworkFile.ReadGenerator(Path.Combine(folder["run"], "network-best.safetensors"));
        Assert.Equal(32, best.Width);
    }

    [Fact, NoLeaks]
    public void Weights_that_are_not_finite_end_the_run_and_keep_the_last_good_state()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images);
        options = options with { Trainer = options.Trainer with { GeneratorAdam = options.Trainer.GeneratorAdam with { LearningRate = 1e38 } } };
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
        Assert.True(log.Warnings.Count(w => w.Contains("training goes on", StringComparison.Ordinal)) >= 2, "every save tries again");
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
            options = options with { StyleGan2 = start.Architecture.StyleGan2 };
            using (TrainedNetworks networks = start.Networks(options))
            {
                using IGenerator snapshot = NetworkFile.ReadGenerator(Path.Combine(folder["first"], "network-snapshot-000000.safetensors"));
                foreach ((Torch.Modules.NamedTensor a, Torch.Modules.NamedTensor b) in
                    networks.AverageModule.NamedTensors().Zip(((Torch.Modules.Module)snapshot).NamedTensors()))
                {
                    Assert.Equal(a.Value.ToArray<float>(), b.Value.ToArray<float>());
                }
            }
        }
    }

    // Against the run in the folder "whole".
    private static void RequireTheSameAfterDeath(TemporaryFolder folder, TrainingOptions options)
    {
        int done = 0;
        Assert.Throws<DeathException>(() => TinyRun.Run(
            folder["killed"], options, new RunSettings { SaveInterval = TimeSpan.FromHours(1), IterationDone = _ => DeathException.ThrowIf(++done == 7) }));
        TinyRun.Run(folder["killed"], options);
        RequireEqual(folder["whole"], folder["killed"]);
    }

    private static void RequireEqual(string a, string b)
    {
        foreach (string name in new[] { "training-state.safetensors", "network-snapshot-000000.safetensors", "fakes000000.png" })
        {
            Assert.True(File.ReadAllBytes(Path.Combine(a, name)).SequenceEqual(File.ReadAllBytes(Path.Combine(b, name))), $"{name} differs");
        }
    }

    private static void RequireEqualWeights(string a, string b)
    {
        using SafetensorsFile first = Safetensors.Read(Path.Combine(a, "training-state.safetensors"));
        using SafetensorsFile second = Safetensors.Read(Path.Combine(b, "training-state.safetensors"));
        Assert.Equal(first.Tensors.Keys, second.Tensors.Keys);
        Assert.All(first.Tensors, t => Assert.Equal(t.Value.ToBytes(), second.Tensors[t.Key].ToBytes()));
    }

    private sealed class FallingMetric : IRunMetric
    {
        private int calls;

        public string Name => "fid/test";

        public string? FormerName => "fid5_full/x";

        public double Measure(IGenerator generator, CancellationToken cancel) =>
            ++calls == 2 ? throw new InvalidOperationException("no features today") : 1.0 / calls;
    }
}
