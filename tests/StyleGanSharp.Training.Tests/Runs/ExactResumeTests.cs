using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Tests.Runs;

/// <summary>Runs that die or stop, and runs that change their precision, go on from their saved state.</summary>
public sealed class ExactResumeTests
{
    // Iterations of 4 images: with regularisations, adjustments of the strength, ticks and snapshots at different ones.
    private const long Images = 40;

    [Theory, NoLeaks]
    [InlineData("small")]
    [InlineData("stylegan3-t")]
    public void Killed_again_and_again_a_run_ends_bit_identical(string preset)
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images, preset);
        Assert.Equal(RunOutcome.Finished, TinyRun.Run(folder["whole"], options));

        // The process "dies" after random iterations, mostly between two saved states; eng/kill-test.sh does so thirty times.
        var random = new Networks.Latents.NumpyRandom(5);
        string other = folder["killed"];
        var settings = new RunSettings { SaveInterval = TimeSpan.FromHours(1) };
        int deaths = 0;
        for (int i = 0; i < 12; i++)
        {
            long last = random.RandInt(1, 7), done = 0;
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
        string snapshot = Directory.GetFiles(folder["whole"], "network-snapshot-*.safetensors").Select(f => Path.GetFileName(f)!)
            .Order().Last();
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(folder["whole"], snapshot)), File.ReadAllBytes(
            Path.Combine(folder["exact"], snapshot)));
        RequireTheSameAfterDeath(folder, options);
    }

    [Fact, NoLeaks]
    public void Differentiable_augmentation_continues_bit_identical()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images, change: r => r with { Augmentation = "diffaug", Target = null });
        Assert.Equal("color,translation,cutout", options.Augmentation.Policy);
        TinyRun.Run(folder["whole"], options);
        TinyRun.Run(folder["plain"], TinyRun.Options(Images, change: r => r with { Augmentation = "noaug", Target = null }));
        string snapshot = Directory.GetFiles(folder["whole"], "network-snapshot-*.safetensors").Select(f => Path.GetFileName(f)!)
            .Order().Last();
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(folder["whole"], snapshot)), File.ReadAllBytes(
            Path.Combine(folder["plain"], snapshot)));
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

    // Against the run in the folder "whole".
    private static void RequireTheSameAfterDeath(TemporaryFolder folder, TrainingOptions options)
    {
        int done = 0;
        Assert.Throws<DeathException>(() => TinyRun.Run(
            folder["killed"], options,
            new RunSettings { SaveInterval = TimeSpan.FromHours(1), IterationDone = _ => DeathException.ThrowIf(++done == 7) }));
        TinyRun.Run(folder["killed"], options);
        RequireEqual(folder["whole"], folder["killed"]);
    }

    private static void RequireEqual(string a, string b)
    {
        foreach (string name in new[] { "training-state.safetensors", "network-snapshot-000000.safetensors", "fakes000000.png" })
        {
            Assert.True(File.ReadAllBytes(Path.Combine(a, name)).SequenceEqual(File.ReadAllBytes(Path.Combine(b, name))),
                $"{name} differs");
        }
    }
}
