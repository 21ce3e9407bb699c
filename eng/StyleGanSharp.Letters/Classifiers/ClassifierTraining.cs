using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Torch.Optimizers;

namespace StyleGanSharp.Letters.Classifiers;

/// <summary>Trains a classifier by cross entropy and Adam, in three parts of falling step size. The seed decides everything.</summary>
internal static class ClassifierTraining
{
    private static readonly Operator LogSoftmax = new("aten::log_softmax", "int");

    // Until which share of the epochs, and the factor of the step size there.
    private static readonly (double Until, double Factor)[] Parts = [(0.6, 1), (0.85, 0.25), (1, 0.05)];

    /// <summary>Trains.</summary>
    /// <param name="letters">The pictures.</param>
    /// <param name="options">How.</param>
    /// <param name="report">Told the number of an epoch, from 1, and its mean loss.</param>
    /// <returns>The classifier, without gradients; dispose it.</returns>
    internal static LetterClassifier Train(LetterSet letters, ClassifierTrainingOptions options, Action<int, double>? report = null)
    {
        using var draws = new RandomGenerator(options.Seed);
        var random = new NumpyRandom(options.Seed);
        var classifier = new LetterClassifier(ClassifierOptions.For(letters), Initializer.Random(draws));
        try
        {
            classifier.RequireGrad(true);
            int epoch = 0;
            foreach ((double until, double factor) in Parts)
            {
                var adam = new AdamOptions { LearningRate = options.LearningRate * factor };
                using var optimizer = new Adam(classifier.NamedParameters(), adam);
                while (epoch < Math.Round(options.Epochs * until))
                {
                    double loss = Epoch(classifier, optimizer, letters, options, random);
                    epoch++;
                    report?.Invoke(epoch, loss);
                }
            }

            classifier.RequireGrad(false);
            return classifier;
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    private static double Epoch(
        LetterClassifier classifier, Adam optimizer, LetterSet letters, ClassifierTrainingOptions options, NumpyRandom random)
    {
        int[] order = [.. Enumerable.Range(0, letters.Count)];
        random.Shuffle(order.AsSpan());
        double total = 0;
        foreach (int[] batch in order.Chunk(options.Batch))
        {
            using var scope = new TensorScope();
            int Draw() => (int)random.RandInt(-options.Shift, options.Shift + 1);
            Tensor scores = classifier.Scores(classifier.Features(letters.Pictures(batch, _ => (Draw(), Draw()))));
            Tensor loss = CrossEntropy(scores, Array.ConvertAll(batch, i => letters.Classes[i]));
            optimizer.Step(Gradient.Of([loss], [.. classifier.NamedParameters().Select(p => p.Value)]));
            total += loss.Item() * batch.Length;
        }

        return total / letters.Count;
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
