using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Recipes.Training;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Recipes.Letters.Classifiers;

/// <summary>Trains a classifier by cross entropy. The seed decides everything.</summary>
internal static class ClassifierTraining
{
    private static readonly Operator LogSoftmax = new("aten::log_softmax", "int");

    /// <summary>Trains.</summary>
    /// <param name="letters">The images.</param>
    /// <param name="options">How.</param>
    /// <param name="report">Told the number of an epoch, from 1, and its mean loss.</param>
    /// <returns>The classifier, without gradients; dispose it.</returns>
    internal static LetterClassifier Train(
        LetterSet letters, ClassifierTrainingOptions options, Action<int, double>? report = null)
    {
        using var draws = new RandomGenerator(options.Seed);
        var random = new NumpyRandom(options.Seed);
        var classifier = new LetterClassifier(ClassifierOptions.For(letters), Initializer.Random(draws));
        try
        {
            int Draw() => (int)random.RandInt(-options.Shift, options.Shift + 1);
            StagedTraining.Run(
                classifier,
                letters.Count,
                options.Stages,
                random,
                batch => CrossEntropy(
                    classifier.Scores(classifier.Features(letters.Images.Augmented(batch, _ => (Draw(), Draw(), false)))),
                    Array.ConvertAll(batch, i => letters.Classes[i])),
                report);
            return classifier;
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    /// <summary>Mean of -log p(class), p being the softmax of the scores.</summary>
    /// <param name="scores">[N, classes].</param>
    /// <param name="classes">[N].</param>
    /// <returns>[].</returns>
    internal static Tensor CrossEntropy(Tensor scores, ReadOnlySpan<int> classes)
    {
        using var scope = new TensorScope();
        int count = (int)scores.Size(1);
        var chosen = new float[classes.Length * count];
        for (int i = 0; i < classes.Length; i++)
        {
            chosen[(i * count) + classes[i]] = 1;
        }

        Tensor logarithms = LogSoftmax.Call(scores, 1);
        return scope.Keep((logarithms * Tensor.From(chosen, scores.Shape)).Sum() / -classes.Length);
    }
}
