using StyleGanSharp.Recipes.Letters;
using StyleGanSharp.Recipes.Letters.Classifiers;
using StyleGanSharp.Recipes.Letters.Evaluations;

namespace StyleGanSharp.Recipes.Tests.Letters.Evaluations;

public sealed class LetterEvaluatorTests
{
    private const int PerClass = 40;

    private static readonly ClassifierTrainingOptions Short = new() { Stages = new() { Epochs = 8, Batch = 16 }, Shift = 1 };

    [Fact]
    public void Good_letters_are_recognised_vary_and_are_near()
    {
        LetterEvaluation good = Evaluate(new ToyGenerator(c => c));
        Assert.True(good.Recognition1 >= 0.9 && good.Recognition07 >= 0.9 && good.RecognitionReal >= 0.95, $"{good}");
        Assert.InRange(good.Variety, 0.8, 1.2);
        Assert.Equal(Toys.Names, good.Classes.Select(c => c.Name));
        Assert.Equal(good.Recognition1, good.Classes.Average(c => c.Recognition1), 1e-12);
        Assert.Equal(good.Variety, good.Classes.Average(c => c.Variety), 1e-12);

        LetterEvaluation wrong = Evaluate(new ToyGenerator(c => (c + 1) % Toys.Names.Length));
        Assert.True(wrong.Recognition1 <= 0.1 && wrong.Recognition07 <= 0.1, $"{wrong}");

        LetterEvaluation same = Evaluate(new ToyGenerator(c => c, varied: false));
        Assert.Equal(0, same.Variety, 1e-4);
        Assert.True(same.Frechet > 3 * good.Frechet && good.Frechet >= 0
            && good.FrechetRealHalves >= 0, $"{same.Frechet} and {good.Frechet}");
        Assert.Equal(good.FrechetRealHalves, same.FrechetRealHalves);
    }

    [Fact]
    public void Truncation_is_applied()
    {
        var generator = new ToyGenerator(c => c);
        using var maker = new LetterMaker(generator);
        maker.Pixels([7, 8], [0, 2], 0.7).Dispose();
        maker.Pixels([7], [1], 1).Dispose();
        Assert.Equal([0.7f, 0.7f, 1f], generator.Labels);
    }

    [Fact]
    public void The_grid_has_a_column_for_each_class()
    {
        using var maker = new LetterMaker(new ToyGenerator(c => c));
        var grid = Recipes.Letters.Commands.GridCommand.Draw(maker, Toys.Names.Length, 2);
        Assert.Equal((3 * Toys.Side, 2 * Toys.Side), (grid.Width, grid.Height));
        Assert.Contains(grid.Pixels, p => p > 127);
    }

    private static LetterEvaluation Evaluate(ToyGenerator generator)
    {
        LetterSet letters = Toys.Set(300, 1);
        using LetterClassifier classifier = ClassifierTraining.Train(letters, Short);
        using var maker = new LetterMaker(generator);
        return new LetterEvaluator(classifier, letters, SeenLetters.Show(classifier, letters)).Evaluate("toys", maker, PerClass);
    }
}
