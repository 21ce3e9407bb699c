using StyleGanSharp.Recipes.People.Commands;
using StyleGanSharp.Recipes.People.Evaluations;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Recipes.Tests.People;

public sealed class PeopleFiguresTests
{
    private static readonly PeopleEvaluation Evaluation = new(
        "people.safetensors", "squeezenet", new FrechetFigures(5000, 1234.4, 9876.4, 70, 8.001),
        new ManifoldFigures(5000, 3, 0.654, 0.321, 0.8, 0.79),
        new NeighborFigures(10, 10, [0.5], [1], [1], 0.0123, []),
        new Dictionary<string,
        FactorFigures>
        { ["yaw"] = new(0.01, 0.2, 0.02, 0.25, 0.8, 0.05), ["nose_width"] = new(0, 0, 0, 0, 0, 0) },
        new LevelFigures(500, [0, 1, 2, 3], [4, 5], [6], new Dictionary<string, double[]> { ["pose"] = [0.7, 0.2, 0.1] }));

    [Fact]
    public void Tables_hold_the_numbers_of_the_evaluation()
    {
        string text = PeopleFiguresCommand.Tables(Evaluation);
        Assert.Contains("| 1234 | untrained network 9876 (1/8.0); halves of the real portraits 70 |", text,
            StringComparison.Ordinal);
        Assert.Contains("| precision (k = 3) | 0.65 | halves of the real portraits 0.80 |", text, StringComparison.Ordinal);
        Assert.Contains("| 1.2 % | 1 % by chance |", text, StringComparison.Ordinal);
        Assert.Contains("| yaw | 0.01, 0.20 | 0.02, 0.25 | 80 % | 0.05 |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nose_width", text, StringComparison.Ordinal);
        Assert.Contains("| styles copied at | w 0-3 (coarse) | w 4-5 (middle) | w 6 (fine) |", text, StringComparison.Ordinal);
        Assert.Contains("| pose | 70 % | 20 % | 10 % |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_something_else_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["e.json"], "{}");
        using var messages = new StringWriter();
        Assert.Equal(2, RecipesApp.Run(["people", "figures", "--evaluation", folder["e.json"]], TextWriter.Null, messages));
        Assert.Contains("is not an evaluation of the people model", messages.ToString(), StringComparison.Ordinal);
    }
}
