using StyleGanSharp.Data.Options;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Tests.Runs;

/// <summary>Runs of growing networks: through all levels, killed, and started from others.</summary>
public sealed class GrowingRunTests
{
    // From 4x4 to 32x32: three fades of 8 images, each after 8 of training, and some iterations at the end.
    private const long Images = 64;

    [Theory, NoLeaks]
    [InlineData("progan", null)]
    [InlineData("stylegan1", "f")]
    [InlineData("stylegan2", "d")]
    public void Killed_again_and_again_also_across_levels_a_run_ends_bit_identical(string preset, string? variant)
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options(preset, variant);
        Assert.Equal(RunOutcome.Finished, TinyRun.Run(folder["whole"], options));
        var random = new Networks.Latents.NumpyRandom(7);
        var settings = new RunSettings { SaveInterval = TimeSpan.FromHours(1) };
        int deaths = 0;
        for (int i = 0; i < 12; i++)
        {
            long last = random.RandInt(1, 7), done = 0;
            try
            {
                TinyRun.Run(folder["killed"], options,
                    settings with { IterationDone = _ => DeathException.ThrowIf(++done == last) });
            }
            catch (DeathException)
            {
                deaths++;
            }
        }

        Assert.True(deaths > 3, $"only {deaths} deaths: the run ended too early to test anything");
        TinyRun.Run(folder["killed"], options, settings);
        foreach (string file in Directory.GetFiles(folder["whole"]).Select(f => Path.GetFileName(f)!)
            .Where(f => f.EndsWith(".safetensors", StringComparison.Ordinal) || f.EndsWith(".png", StringComparison.Ordinal)))
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(folder["whole"], file)).SequenceEqual(
                    File.ReadAllBytes(Path.Combine(folder["killed"], file))), file);
        }
    }

    [Theory, NoLeaks]
    [InlineData("stylegan1", "a")]
    [InlineData("stylegan1", "b")]
    [InlineData("stylegan1", "c")]
    [InlineData("stylegan1", "d")]
    [InlineData("stylegan1", "e")]
    [InlineData("stylegan1", "f")]
    [InlineData("stylegan2", "b")]
    [InlineData("stylegan2", "c")]
    [InlineData("stylegan2", "d")]
    [InlineData("stylegan2", "e")]
    [InlineData("stylegan2", "f")]
    public void Every_configuration_trains_twenty_iterations(string preset, string variant)
    {
        using var folder = new TemporaryFolder();
        bool grows = preset == "stylegan1" || variant is "b" or "c" or "d";
        TrainingOptions options = Options(preset, variant, 80, grows);
        var settings = new RunSettings();
        Assert.Equal(RunOutcome.Finished, TinyRun.Run(folder["run"], options, settings));
        using SafetensorsFile state = Safetensors.Read(Path.Combine(folder["run"], "training-state.safetensors"));
        Assert.Equal(20, System.Text.Json.JsonDocument.Parse(state.Metadata["progress"]).RootElement.GetProperty("iterations")
            .GetInt64());
        Assert.All(state.Tensors.Values.Where(t => t.DType == Torch.DType.Float32), t => Assert.True(t.AllFinite()));
        using IGenerator average = NetworkFile.ReadGenerator(
            Directory.GetFiles(folder["run"], "network-snapshot-*").Order().Last());
        Assert.Equal((32, 0.0), (average.Width, average is IGrowing growing ? growing.Lod : 0));
    }

    [Fact, NoLeaks]
    public void Status_lines_say_the_level_and_grids_show_every_fade()
    {
        using var folder = new TemporaryFolder();
        var log = new RecordedLog();
        TrainingOptions options = Options(
            "stylegan1", "f", images: 6400, change: r =>
                r with { LevelKimg = 0.8, FadeKimg = 0.8, Batch = 200, MicroBatch = null, GroupSize = 4, TickKimg = 0.4 });
        TinyRun.Run(folder["run"], options, log: log);
        Assert.Contains(log.Lines, l => l.Contains("lod 3.00 res 4 alpha 1.00 batch 200", StringComparison.Ordinal));
        Assert.Contains(log.Lines, l => l.Contains("res 16 alpha 0.", StringComparison.Ordinal));
        Assert.Contains(log.Lines, l => l.Contains("lod 0.00 res 32 alpha 1.00", StringComparison.Ordinal));
        Assert.Contains("fakes000001.png", Directory.GetFiles(folder["run"]).Select(f => Path.GetFileName(f)!));
        Assert.Contains("Progress/lod", File.ReadAllText(Path.Combine(folder["run"], "stats.jsonl")), StringComparison.Ordinal);
    }

    [Fact, NoLeaks]
    public void A_run_starts_from_a_growing_network_at_its_level()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["first"], Options("stylegan1", "f", images: 24));
        string snapshot = Directory.GetFiles(folder["first"], "network-snapshot-*").Order().Last();
        using StartFile start = StartFile.Open(snapshot);
        Assert.Equal(("StyleGAN", 8), (start.Architecture.Kind, start.Architecture.GrownTo));
        Assert.False(start.HasDiscriminator);
        using StartFile state = StartFile.Open(Path.Combine(folder["first"], "training-state.safetensors"));
        Assert.True(state.HasDiscriminator);

        var request = new TrainingRequest
        {
            Preset = "stylegan1",
            Data = new DataOptions { Path = TinyRun.Data, UseLabels = true },
            Batch = 4,
            StartFrom = snapshot
        };
        var facts = new DatasetFacts(32, 32, 3, start.Architecture.Generator.CDim);
        TrainingOptions options = OptionResolver.Resolve(request, facts, state.Architecture);
        Assert.Equal(8, options.Growth!.InitialResolution);
        using (state.Networks(options))
        {
        }

        OptionProblem problem = Assert.Single(Assert.Throws<TrainingOptionsException>(
            () => OptionResolver.Resolve(request with { Preset = "progan" }, facts, start.Architecture)).Problems);
        Assert.Contains("choose preset stylegan1", $"{problem}", StringComparison.Ordinal);
    }

    private static TrainingOptions Options(
        string preset, string? variant, long images = Images, bool grows = true, Func<TrainingRequest,
        TrainingRequest>? change = null) =>
        TinyRun.Options(images, preset, r =>
        {
            r = r with
            {
                Variant = variant,
                Target = null,
                PathLengthWeight = null,
                StyleMixing = null,
                LevelKimg = grows
                ? 0.008 : null,
                FadeKimg = grows ? 0.008 : null,
                GrowFrom = grows ? 4 : null
            };
            return change is null ? r : change(r);
        });
}
