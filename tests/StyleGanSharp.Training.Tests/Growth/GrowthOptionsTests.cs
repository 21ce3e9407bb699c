using System.Globalization;
using System.Text.Json;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Tests.Growth;

/// <summary>The schedule against that of the golden files, and its own promises.</summary>
public sealed class GrowthOptionsTests
{
    private const string Schedule = "training-schedule.json";

    public static TheoryData<string> Settings => [.. GoldenTfFolder.Files.Properties(Schedule).Select(p => p.Name)];

    [GoldenTheory, MemberData(nameof(Settings))]
    public void Level_batch_and_rate_are_those_of_the_golden_file(string name)
    {
        JsonElement json = GoldenTfFolder.Json(Schedule).GetProperty(name);
        GrowthOptions growth = Options(json.GetProperty("resolution_log2").Int(), json.GetProperty("settings"));
        foreach (JsonElement row in json.GetProperty("rows").EnumerateArray())
        {
            GrowthPoint point = growth.At(row.GetProperty("cur_nimg").Long());
            Assert.Equal(row.GetProperty("lod").GetDouble(), point.Lod, 1e-9);
            Assert.Equal(row.GetProperty("resolution").GetDouble(), point.Level.Resolution);
            Assert.Equal(row.GetProperty("minibatch").GetDouble(), point.Level.Batch);
            Assert.Equal(row.GetProperty("lrate").GetDouble(), point.Level.GeneratorRate, 1e-9);
            Assert.Equal(row.GetProperty("lrate").GetDouble(), point.Level.DiscriminatorRate, 1e-9);
            if (row.TryGetProperty("tick_kimg", out JsonElement tick))
            {
                Assert.Equal(tick.GetDouble() * 1000, point.Level.TickImages);
            }
        }
    }

    [Theory]
    [InlineData("stylegan1", "stylegan1-256-1gpu", 256, null)]
    [InlineData("progan", "progan-v2-8gpu-1024", 1024, "4:512,8:256,16:128,32:64,64:32,128:32,256:32,512:32,1024:32")]
    public void Presets_have_the_published_schedule(string preset, string name, int resolution, string? batches)
    {
        var request = new TrainingRequest { Preset = preset, Data = new DataOptions { Path = "x" }, LevelBatch = batches };
        GrowthOptions growth = OptionResolver.Resolve(request, new DatasetFacts(resolution, resolution, 3, 0)).Growth!;
        foreach (JsonElement row in Fixtures.GoldenTf.Json(Schedule).GetProperty(name).GetProperty("rows").EnumerateArray())
        {
            GrowthPoint point = growth.At(row.GetProperty("cur_nimg").Long());
            Assert.Equal(row.GetProperty("lod").GetDouble(), point.Lod, 1e-9);
            Assert.Equal(row.GetProperty("minibatch").Int(), point.Level.Batch);
            if (preset == "stylegan1")
            {
                Assert.Equal(row.GetProperty("lrate").GetDouble(), point.Level.GeneratorRate, 1e-9);
                Assert.Equal(row.GetProperty("tick_kimg").GetDouble() * 1000, point.Level.TickImages);
            }
        }
    }

    [Fact]
    public void A_fade_starts_after_the_training_of_a_level_and_ends_at_the_next()
    {
        GrowthOptions growth = Small();
        Assert.Equal(3, growth.At(0).Lod);
        Assert.Equal(3, growth.At(100).Lod);
        GrowthPoint fading = growth.At(125);
        Assert.Equal((2.5, 8, 0.5), (fading.Lod, fading.Level.Resolution, fading.Alpha));
        Assert.Equal((2.0, 1.0), (growth.At(150).Lod, growth.At(150).Alpha));
        Assert.Equal(0, growth.At(growth.FullAt).Lod);
        Assert.True(growth.At(growth.FullAt - 1).Lod > 0);
        Assert.Equal(0, growth.At(1_000_000).Lod);
    }

    [Fact]
    public void Optimizers_start_anew_where_layers_come_or_go()
    {
        GrowthOptions growth = Small();
        Assert.False(growth.At(90).HasOtherLayers(growth.At(80).Lod));
        Assert.True(growth.At(110).HasOtherLayers(growth.At(90).Lod));
        Assert.False(growth.At(120).HasOtherLayers(growth.At(110).Lod));
        Assert.True(growth.At(150).HasOtherLayers(growth.At(149).Lod));
    }

    [Fact]
    public void A_fade_has_three_milestones()
    {
        GrowthOptions growth = Small();
        double before = growth.At(0).Lod;
        var at = new List<long>();
        for (long images = 4; images <= 200; images += 4)
        {
            double now = growth.At(images).Lod;
            if (growth.At(images).PassedMilestone(before))
            {
                at.Add(images);
            }

            before = now;
        }

        Assert.Equal([104, 128, 152], at);
    }

    private static GrowthOptions Small() => new()
    {
        InitialResolution = 4,
        TrainImages = 100,
        FadeImages = 50,
        Levels = [.. Enumerable.Range(2, 4).Select(l => new GrowthLevel(1 << l, 4, 0.001, 0.001, 100))],
    };

    // The golden settings name what differs from the defaults of their code.
    private static GrowthOptions Options(int resolutionLog2, JsonElement settings)
    {
        int Whole(string name, int value) => settings.TryGetProperty(name, out JsonElement e) ? e.Int() : value;
        double Of(string name, int resolution, double value) => settings.TryGetProperty(name, out JsonElement e)
            && e.TryGetProperty(resolution.ToString(CultureInfo.InvariantCulture), out JsonElement v) ? v.GetDouble() : value;

        // Only the settings of StyleGAN list the lengths of their ticks.
        GrowthPreset ticks = GrowthPresets.StyleGan1;
        return new GrowthOptions
        {
            InitialResolution = Whole("lod_initial_resolution", 4),
            TrainImages = Whole("lod_training_kimg", 600) * 1000,
            FadeImages = Whole("lod_transition_kimg", 600) * 1000,
            Levels =
            [
                .. Enumerable.Range(2, resolutionLog2 - 1).Select(l => 1 << l).Select(r => new GrowthLevel(
                    r, (int)Of("minibatch_dict", r, Whole("minibatch_base", 16)), Of("lrate_dict", r, 0.001), Of(
                        "lrate_dict", r, 0.001),
                    (long)(1000 * ticks.TicksKimg.GetValueOrDefault(r, ticks.TickKimg)))),
            ],
        };
    }
}
