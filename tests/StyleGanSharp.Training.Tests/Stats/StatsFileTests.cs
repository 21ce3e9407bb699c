using System.Text.Json;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Tests.Stats;

public sealed class StatsFileTests
{
    [Fact, NoLeaks]
    public void Lines_hold_count_mean_and_deviation()
    {
        var stats = new StatsCollector();
        using (var scope = new TensorScope())
        {
            stats.Report("Loss/G/loss", Tensor.From([1f, 2f, 6f], [3, 1]));
        }

        stats.Report("Progress/kimg", 0.5);
        using JsonDocument line = JsonDocument.Parse(StatsFile.Line(stats.All, 12.5));
        JsonElement loss = line.RootElement.GetProperty("Loss/G/loss");
        Assert.Equal(3, loss.GetProperty("num").GetInt32());
        Assert.Equal(3, loss.GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal(Math.Sqrt(14 / 3.0), loss.GetProperty("std").GetDouble(), 1e-12);
        Assert.Equal(12.5, line.RootElement.GetProperty("timestamp").GetDouble());

        stats.Reset();
        Assert.Empty(stats.All);
    }

    [Fact]
    public void What_is_no_number_is_null()
    {
        var stats = new StatsCollector();
        stats.Report("Loss/D/loss", double.NaN);
        using JsonDocument line = JsonDocument.Parse(StatsFile.Line(stats.All, 0));
        Assert.Equal(JsonValueKind.Null, line.RootElement.GetProperty("Loss/D/loss").GetProperty("mean").ValueKind);
    }

    [Fact]
    public void Lines_beyond_the_state_are_cut_with_the_torn_last_one()
    {
        using var folder = new TemporaryFolder();
        string path = folder["stats.jsonl"];
        string Line(double kimg)
        {
            var stats = new StatsCollector();
            stats.Report("Progress/kimg", kimg);
            return StatsFile.Line(stats.All, 1);
        }

        File.WriteAllText(path, $"{Line(0.032)}\n{Line(1.024)}\n{Line(2.048)}\n{{\"Progress/ki");
        StatsFile.CutAfter(path, 1024);
        Assert.Equal($"{Line(0.032)}\n{Line(1.024)}\n", File.ReadAllText(path));
        StatsFile.CutAfter(folder["missing"], 0);
    }

    [Theory]
    [InlineData(59, "59s")]
    [InlineData(245, "4m 05s")]
    [InlineData(3723, "1h 02m 03s")]
    [InlineData(93780, "1d 02h 03m")]
    public void Durations_read_as_in_the_field(double seconds, string text) =>
        Assert.Equal(text, TimeText.Of(TimeSpan.FromSeconds(seconds)));
}
