using StyleGanSharp.Data.Images;
using StyleGanSharp.Recipes.Curves;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Recipes.Tests.Curves;

public sealed class CurvePictureTests
{
    private static readonly RgbColor First = new(31, 119, 180);

    [Fact]
    public void Lines_are_drawn_where_the_values_are()
    {
        RunStatistics Statistics(params double[] losses) =>
            new([1, 2, 3], new Dictionary<string, double[]> { ["Loss/G/loss"] = losses, ["Loss/D/loss"] = [0, 5, 10] });
        ImageBuffer rising = CurvePicture.Draw(Statistics(0, 5, 10)), gone = CurvePicture.Draw(
            Statistics(double.NaN, double.NaN, double.NaN));
        ImageBuffer falling = CurvePicture.Draw(Statistics(10, 5, 0));

        // The legend alone, against legend and line; the second line covers an equal one.
        Assert.True(Count(falling, First) > Count(gone, First) + 300,
            $"{Count(falling, First)} and {Count(gone, First)} pixels.");
        Assert.NotEqual(rising.Pixels, falling.Pixels);
        Assert.True(Count(rising, RgbColor.Black) > 1000, "There are no axes.");
    }

    [Fact]
    public void Statistics_are_read_and_damaged_lines_left_out()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["stats.jsonl"],
        [
            """{"Progress/kimg":{"num":1,"mean":2,"std":0},"Loss/G/loss":{"num":1,"mean":0.5,"std":0},"timestamp":1}""",
            """{"Progress/kimg":{"num":1,"mean":4,"std":0},"Loss/G/loss":{"num":0,"mean":null,"std":null},"timestamp":2}""",
            """[1]""",
            """{"Progress/kimg":{"num":1,"me""",
        ]);
        RunStatistics statistics = RunStatistics.Read(folder["stats.jsonl"]);
        Assert.Equal([2, 4], statistics.Kimg);
        Assert.Equal([0.5, double.NaN], statistics.Means("Loss/G/loss")!);
        Assert.Null(statistics.Means("Loss/D/loss"));

        File.WriteAllText(folder["stats.jsonl"], "");
        Assert.Throws<RecipeException>(() => RunStatistics.Read(folder["stats.jsonl"]));
        Assert.Throws<RecipeException>(() => RunStatistics.Read(folder["none"]));
    }

    [Fact]
    public void A_gap_is_left_where_values_are_missing()
    {
        RunStatistics Statistics(params double[] losses) =>
            new([1, 2, 3, 4, 5], new Dictionary<string, double[]> { ["Loss/G/loss"] = losses });
        int whole = Count(CurvePicture.Draw(Statistics(0, 9, 0, 9, 0)), First);
        int gap = Count(CurvePicture.Draw(Statistics(0, 9, double.NaN, 9, 0)), First);
        int point = Count(CurvePicture.Draw(Statistics(0, double.NaN, 9, double.NaN, 0)), First);
        Assert.True(whole > gap + 100 && gap > point + 100, $"{whole}, {gap} and {point} pixels");
    }

    // Edges of lines are blended with what is behind them.
    private static int Count(ImageBuffer picture, RgbColor color) => Enumerable.Range(0, picture.Width * picture.Height)
        .Count(i => Math.Abs(picture.Pixels[i * 3] - color.R) < 24 && Math.Abs(picture.Pixels[(i * 3) + 1] - color.G) < 24
            && Math.Abs(picture.Pixels[(i * 3) + 2] - color.B) < 24);
}
